using System.Globalization;
using System.IO.Compression;

namespace Influence.Tests;

/// <summary>The real interactions beside the clone, and what an independent program computed from them.</summary>
internal static class SharedData
{
    public const long LastMoment = 1341375152;

    public static string? Folder { get; } = Find();

    public static List<Interaction> Interactions()
    {
        using var file = File.OpenRead(Path.Combine(Folder!, "higgs-first-60000.txt.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var interactions = new List<Interaction>(60_000);
        while (reader.ReadLine() is { } line)
            interactions.Add(Parse(line.Split(' ')));
        return interactions;
    }

    public static IEnumerable<(AccountId Account, double V1, double S1, double VSettled, double SSettled)> Expected() =>
        from line in File.ReadLines(Path.Combine(Folder!, "higgs-first-60000.expected.csv")).Skip(1)
        let cells = line.Split(',')
        select (AccountId.Parse(cells[0]), Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]));

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static Interaction Parse(string[] cells) =>
        new()
        {
            Actor = AccountId.Parse("twitter:" + cells[0]),
            Target = AccountId.Parse("twitter:" + cells[1]),
            At = long.Parse(cells[2], CultureInfo.InvariantCulture),
            Type = cells[3] switch
            {
                "RT" => InteractionType.Share,
                "MT" => InteractionType.Mention,
                _ => InteractionType.Reply,
            },
        };

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, "higgs-first-60000.txt.gz")))
                return data;
        }

        return null;
    }
}
