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

    /// <summary>See <see cref="CsvFactReader"/>.</summary>
    Csv,
}

/// <summary>Tells a file's format.</summary>
internal static class FormatSniffer
{
    /// <summary>By the name's extension (a <c>.gz</c> aside), else by how the file begins.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="beginning">Its first bytes, unpacked.</param>
    public static FileFormat Tell(string path, ReadOnlySpan<byte> beginning)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".ndjson" or ".jsonl" => FileFormat.Ndjson,
            ".csv" => FileFormat.Csv,
            _ => Tell(Encoding.UTF8.GetString(beginning)),
        };
    }

    private static FileFormat Tell(string beginning)
    {
        var text = beginning.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('{'))
            return FileFormat.Ndjson;
        return text.Split('\n')[0].Contains(',', StringComparison.Ordinal) ? FileFormat.Csv : FileFormat.Snap;
    }
}
