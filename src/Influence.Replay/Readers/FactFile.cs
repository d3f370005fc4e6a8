using System.IO.Compression;
using System.Security.Cryptography;

namespace Influence.Replay.Readers;

/// <summary>A file of facts, gzip or not.</summary>
internal sealed class FactFile : IFactSource
{
    private readonly string path;
    private readonly IFactReader reader;

    /// <summary>Looks at the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format, where the caller knows it better.</param>
    /// <param name="network">The network of SNAP's numbers.</param>
    /// <exception cref="ReplayFailedException">The file cannot be read.</exception>
    public FactFile(string path, FileFormat format, string network)
    {
        this.path = path;
        Name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ReplayFailedException($"There is no file '{path}'.");
        if (format == FileFormat.Auto)
            format = Guarded(() => FormatSniffer.Tell(path, Beginning()));
        reader = format switch
        {
            FileFormat.Ndjson => new NdjsonReader(),
            FileFormat.Csv => new CsvFactReader(),
            _ => new SnapReader(network),
        };
        Key = $"{Guarded(Hash)} {format} {(format == FileFormat.Snap ? network : "")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Key { get; }

    /// <inheritdoc/>
    public bool IsMadeUp => false;

    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(ReadTally tally)
    {
        using var stream = Guarded(Open);
        using var facts = reader.Read(stream, Name, tally).GetEnumerator();
        while (Guarded(facts.MoveNext))
            yield return facts.Current;
    }

    private Stream Open()
    {
        var file = File.OpenRead(path);
        // A gzip file is told by its first two bytes: names lie.
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private byte[] Beginning()
    {
        using var stream = Open();
        var bytes = new byte[4096];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private string Hash()
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ReplayFailedException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
