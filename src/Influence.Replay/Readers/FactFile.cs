using System.Security.Cryptography;
using System.Text;

namespace Influence.Replay.Readers;

/// <summary>A file of facts.</summary>
internal sealed class FactFile : IFactSource
{
    private readonly string path;
    private readonly IFactReader reader;

    /// <summary>Looks at the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format, where the caller knows it better.</param>
    /// <param name="rules">How it is to be read.</param>
    /// <exception cref="ReplayFailedException">The file cannot be read.</exception>
    public FactFile(string path, FileFormat format, ReadRules rules)
    {
        this.path = path;
        Name = Path.GetFileName(path);
        if (Directory.Exists(path))
            throw new ReplayFailedException($"'{path}' is a folder: give one of the files in it.");
        if (!File.Exists(path))
            throw new ReplayFailedException($"There is no file '{path}'.");
        if (format == FileFormat.Auto)
            format = Guarded(() => FormatSniffer.Tell(path, Beginning()));
        reader = format switch
        {
            FileFormat.Ndjson => new NdjsonReader(rules),
            FileFormat.Json => new JsonArrayReader(rules),
            FileFormat.Csv => new CsvFactReader(rules),
            _ => new SnapReader(rules),
        };
        var network = format == FileFormat.Snap ? rules.Network : "";
        Key = $"{Guarded(Hash)} {format} {network} {rules.Names} {(rules.IsMilliseconds ? "ms" : "s")}";
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
        using var stream = Guarded(() => TextFile.Open(path));
        using var facts = reader.Read(stream, Name, tally).GetEnumerator();
        while (Guarded(facts.MoveNext))
            yield return facts.Current;
    }

    private byte[] Beginning()
    {
        using var stream = TextFile.Open(path);
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
        catch (InvalidDataException e)
        {
            throw new ReplayFailedException(
                $"'{path}' is a gzip file that is cut off or damaged, as after a broken download: get it again, or unpack what is left "
                    + $"of it with 'gzip -dc' and send that ({e.Message.TrimEnd('.')}).",
                e
            );
        }
        catch (DecoderFallbackException e)
        {
            throw new ReplayFailedException($"'{path}' begins as UTF-16 but does not go on so: save it as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReplayFailedException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
