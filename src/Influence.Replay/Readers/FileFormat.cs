using System.Text;

namespace Influence.Replay.Readers;

/// <summary>What a file holds.</summary>
internal enum FileFormat
{
    /// <summary>Told by the name, else by the beginning.</summary>
    Auto,

    /// <summary>See <see cref="SnapReader"/>.</summary>
    Snap,

    /// <summary>See <see cref="NdjsonReader"/>.</summary>
    Ndjson,

    /// <summary>See <see cref="JsonArrayReader"/>.</summary>
    Json,

    /// <summary>See <see cref="CsvFactReader"/>.</summary>
    Csv,
}

/// <summary>Tells a file's format.</summary>
internal static class FormatSniffer
{
    /// <summary>By how the file begins where that leaves no doubt, else by the name's extension (a <c>.gz</c> aside).</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="beginning">Its first bytes, unpacked, in UTF-8.</param>
    public static FileFormat Tell(string path, ReadOnlySpan<byte> beginning)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var text = Encoding.UTF8.GetString(beginning).TrimStart();
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" => FileFormat.Csv,
            _ when text.StartsWith('[') || IsEnvelope(text) => FileFormat.Json,
            ".ndjson" or ".jsonl" => FileFormat.Ndjson,
            _ when text.StartsWith('{') => FileFormat.Ndjson,
            _ => IsSnap(text.Split('\n')[0]) ? FileFormat.Snap : FileFormat.Csv,
        };
    }

    // {"interactions":[…]}, as the API takes it.
    private static bool IsEnvelope(string text)
    {
        var bare = string.Concat(text.Take(100).Where(c => !char.IsWhiteSpace(c)));
        return bare.StartsWith("{\"interactions\":[", StringComparison.Ordinal);
    }

    // Numbers or a comment, and no header; without anything it is as good as any.
    private static bool IsSnap(string line) =>
        (line.Length == 0 || line[0] == '#' || char.IsAsciiDigit(line[0])) && line.AsSpan().IndexOfAny(',', ';') < 0;
}
