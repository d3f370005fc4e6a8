using System.Globalization;
using Influence.Simulation.Storage;

namespace Influence.Benchmarks.Scale;

/// <summary>Requests that facts cost, by size of the batches, with and without the account cache.</summary>
internal static class FactsPart
{
    private static readonly int[] Batches = [10, 30, 100, 300, 1000];

    /// <summary>The real interactions beside the clone, or synthetic ones where they are missing.</summary>
    public static Interaction[] Log()
    {
        if (SharedData.Folder is null)
            return new PeerLog().Facts;
        var facts = SharedData.Interactions().Where(f => f.Actor != f.Target).ToList();
        return [.. facts.Select(f => f with { At = f.At - SharedData.LastMoment + Population.Now })];
    }

    public static async Task RunAsync(Report report)
    {
        report.Heading("Facts: requests per 1,000");
        var facts = Log();
        report.Line(
            $"{Report.Number(facts.Length)} {(SharedData.Folder is null ? "synthetic" : "real")} interactions, one host, storage in "
                + "memory; sending and deleting messages is included, receiving them is not."
        );
        report.Line();
        var with = await SeriesAsync(facts, "64");
        var without = await SeriesAsync(facts, "0");
        report.Table(
            ["facts in a batch", "with the account cache", "without"],
            Batches.Select((b, i) => new[] { Report.Number(b), Report.Number(with[i]), Report.Number(without[i]) })
        );
        report.Chart(
            "requests-per-1000",
            "Requests to storage per 1,000 facts",
            "facts in a batch",
            ("account cache of 64 MiB", [.. Batches.Select((b, i) => ((double)b, with[i]))]),
            ("no account cache", [.. Batches.Select((b, i) => ((double)b, without[i]))])
        );
        Interaction[] hot =
        [
            .. Enumerable
                .Range(0, 10_000)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Like,
                    Actor = AccountId.Parse(string.Create(CultureInfo.InvariantCulture, $"net:p{i}")),
                    Target = AccountId.Parse("net:hot"),
                    At = Population.Now - (i % 86_400),
                }),
        ];
        report.Line(
            $"One hot account, {Report.Number(hot.Length)} people in batches of 500: {Report.Number(await RequestsAsync(hot, 500, "64"))} "
                + "requests per 1,000."
        );
    }

    private static async Task<List<double>> SeriesAsync(Interaction[] facts, string megabytes)
    {
        var series = new List<double>();
        foreach (var batch in Batches)
            series.Add(await RequestsAsync(facts, batch, megabytes));
        return series;
    }

    private static async Task<double> RequestsAsync(Interaction[] facts, int batch, string megabytes)
    {
        Console.Error.WriteLine($"batches of {batch}, cache {megabytes} MiB…");
        var storage = new InMemoryStorage(TimeProvider.System);
        await using var app = new PipelineApp(null, storage.Clients(), null, ("Influence:AccountCacheMegabytes", megabytes));
        await app.Get<Deployment>().KeysAsync(default);
        await app.TakeAsync(facts, batch);
        // Receives and deletes are of no step; a message is deleted once.
        var messages = (facts.Length + batch - 1) / batch;
        var requests = storage.Calls.Where(c => c.Key != StorageRequests.NoStep).Sum(c => c.Value) + messages;
        return requests * 1000.0 / facts.Length;
    }
}
