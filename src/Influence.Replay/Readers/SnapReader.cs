using System.Globalization;
using System.Text;

namespace Influence.Replay.Readers;

/// <summary>
/// SNAP's Twitter activity logs: <c>actor target unix_seconds RT|MT|RE</c>. An account's number n becomes <c>network:n</c>.
/// </summary>
internal sealed class SnapReader(string network) : IFactReader
{
    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        foreach (var (number, line) in LineReader.Read(stream, file))
        {
            if (line[0] == '#')
                continue;
            var (parsed, rule) = Parse(Encoding.UTF8.GetString(line));
            if (parsed is not { } fields)
                throw new BadLineException(file, number, rule!);
            if (fields.Actor == fields.Target)
                tally.SelfInteractions++;
            else
                yield return FactLine.Of(fields);
        }
    }

    private (InteractionFields?, string? Rule) Parse(string line)
    {
        var cells = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length != 4)
            return (null, $"4 columns (actor target unix_seconds RT|MT|RE), not {cells.Length}");
        if (Number(cells[0]) is not { } actor)
            return (null, $"the actor '{cells[0]}' is not a number");
        if (Number(cells[1]) is not { } target)
            return (null, $"the target '{cells[1]}' is not a number");
        if (Number(cells[2]) is not (>= 0 and <= Timestamp.MaxSeconds and var at))
            return (null, $"the moment '{cells[2]}' is not in seconds since 1970");
        var type = cells[3] switch
        {
            "RT" => "share",
            "MT" => "mention",
            "RE" => "reply",
            _ => null,
        };
        return type is null
            ? (null, $"the type '{cells[3]}' is none of RT, MT, RE")
            : (new InteractionFields(type, $"{network}:{actor}", $"{network}:{target}", at), null);
    }

    private static long? Number(string cell) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
