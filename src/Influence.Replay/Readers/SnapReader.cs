using System.Globalization;
using System.Text;

namespace Influence.Replay.Readers;

/// <summary>
/// SNAP's Twitter activity logs: <c>actor target unix_seconds RT|MT|RE</c>. An account's number n becomes <c>network:n</c>.
/// </summary>
internal sealed class SnapReader(ReadRules rules) : IFactReader
{
    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        foreach (var line in LineReader.Read(stream))
            if (
                !line.Bytes.AsSpan().TrimStart(" \t"u8).StartsWith("#"u8)
                && tally.Try(line, file, () => Parse(line, file, tally)) is { } fact
            )
                yield return fact;
    }

    private FactLine? Parse(RawLine line, string file, ReadTally tally)
    {
        var (parsed, rule) = Parse(Encoding.UTF8.GetString(line.Bytes));
        if (parsed is not { } fields)
            throw new BadLineException(file, line.Number, rule!);
        if (fields.Actor != fields.Target)
            return FactLine.Of(fields);
        tally.SelfInteractions++;
        return null;
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
        if (Number(cells[2]) is null)
            return (null, $"the moment '{cells[2]}' is not in seconds since 1970");
        if (MomentText.Read(cells[2], rules.IsMilliseconds, out var at) is { } momentRule)
            return (null, $"the moment '{cells[2]}' {momentRule}");
        var type = cells[3] switch
        {
            "RT" => "share",
            "MT" => "mention",
            "RE" => "reply",
            _ => null,
        };
        return type is null
            ? (null, $"the type '{cells[3]}' is none of RT, MT, RE")
            : (new InteractionFields(type, $"{rules.Network}:{actor}", $"{rules.Network}:{target}", at), null);
    }

    private static long? Number(string cell) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
