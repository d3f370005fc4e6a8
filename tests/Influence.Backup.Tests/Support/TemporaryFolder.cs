using System.IO.Compression;

namespace Influence.Backup.Tests.Support;

/// <summary>A place for backups, which is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("backup-").FullName;

    /// <summary>A folder in it, not made yet.</summary>
    public string Path(string name = "backup") => System.IO.Path.Combine(root, name);

    /// <summary>The files with rows of a backup.</summary>
    public string[] Parts(string name = "backup") =>
        Directory.Exists(Path(name)) ? [.. Directory.GetFiles(Path(name), "*.ndjson.gz").Order(StringComparer.Ordinal)] : [];

    /// <summary>Every line of a backup's files, by table.</summary>
    public ILookup<string, string> Lines(string name = "backup") =>
        Parts(name)
            .SelectMany(file => Read(file).Select(line => (Table: System.IO.Path.GetFileName(file).Split('-')[0], Line: line)))
            .ToLookup(l => l.Table, l => l.Line);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static List<string> Read(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var lines = new List<string>();
        while (text.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
