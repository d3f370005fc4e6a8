namespace Influence.Replay.Readers;

/// <summary>The API's own items, one a line; see <see cref="JsonItem"/>.</summary>
internal sealed class NdjsonReader(ReadRules rules) : IFactReader
{
    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        foreach (var line in LineReader.Read(stream))
            if (tally.Try(line, file, () => JsonItem.Read([.. line.Bytes.AsSpan().Trim(" \t"u8)], file, line.Number, rules)) is { } fact)
                yield return fact;
    }
}
