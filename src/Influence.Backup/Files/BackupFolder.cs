using System.Security.Cryptography;
using System.Text;

namespace Influence.Backup.Files;

/// <summary>The folder of a backup: only its owner may read it, and no file has its name before it is whole.</summary>
/// <param name="path">The folder.</param>
internal sealed class BackupFolder(string path)
{
    /// <summary>The file that says what a finished export holds.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>The file that says how far an export is that has not ended.</summary>
    public const string JournalName = "export.ndjson";

    private const string LockName = "export.lock";
    private const string Temporary = ".tmp";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder's path.</summary>
    public string Path => path;

    /// <summary>Whether there is a file of this name.</summary>
    public bool Has(string name) => File.Exists(Of(name));

    /// <summary>Makes the folder, and holds it against a second export.</summary>
    /// <exception cref="BackupFailedException">It holds something else, or another export holds it.</exception>
    public IDisposable Hold()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        if (!Has(JournalName) && Directory.EnumerateFileSystemEntries(path).Any(f => !IsLeftOver(f)))
            throw new BackupFailedException(
                Has(ManifestName)
                    ? "The folder holds a finished export: give another folder."
                    : "The folder is not empty, and no export has begun in it: give another folder."
            );
        try
        {
            return Create(LockName, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new BackupFailedException("Another export into the folder is under way.", e);
        }
    }

    /// <summary>Deletes what a stopped export left half done.</summary>
    /// <param name="whole">The files that are whole.</param>
    public void DeleteLeftOvers(IReadOnlySet<string> whole)
    {
        foreach (var file in Directory.EnumerateFiles(path).Where(f => IsLeftOver(f) || f.EndsWith(PartWriter.Extension, Ordinal)))
            if (!whole.Contains(System.IO.Path.GetFileName(file)) && System.IO.Path.GetFileName(file) != LockName)
                File.Delete(file);
    }

    /// <summary>Makes a file of a name that is not its last one.</summary>
    public FileStream CreateTemporary(string name) => Create(name + Temporary, FileOptions.Asynchronous);

    /// <summary>Gives a file its name, once all of it is on the disk; says what it is.</summary>
    public async Task<FileFacts> FinishAsync(string name, long rows, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(name, Of(name + Temporary), rows, cancellationToken);
        File.Move(Of(name + Temporary), Of(name), overwrite: true);
        return facts;
    }

    /// <summary>What a file is now; null when it is missing.</summary>
    public async Task<FileFacts?> LookAsync(FileFacts known, CancellationToken cancellationToken) =>
        Has(known.Name) ? await FactsAsync(known.Name, Of(known.Name), known.Rows, cancellationToken) : null;

    /// <summary>Opens a file to read it.</summary>
    public FileStream Open(string name) => new(Of(name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);

    /// <summary>Opens the journal to add to it.</summary>
    public FileStream OpenJournal() => new(Of(JournalName), Options(FileMode.Append, FileAccess.Write, FileOptions.WriteThrough));

    /// <summary>Writes a small file, whole or not at all.</summary>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using (var file = CreateTemporary(name))
        {
            await file.WriteAsync(bytes, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(Of(name + Temporary), Of(name), overwrite: true);
    }

    /// <summary>Deletes the journal: the manifest stands for it.</summary>
    public void DeleteJournal() => File.Delete(Of(JournalName));

    /// <summary>Reads the manifest, with its SHA-256, by which this backup is named.</summary>
    /// <exception cref="BackupFailedException">There is none, or none that this version can read.</exception>
    public async Task<(Manifest Manifest, string Id)> ManifestAsync(CancellationToken cancellationToken)
    {
        if (!Has(ManifestName))
            throw new BackupFailedException(
                Has(JournalName)
                    ? "The export into this folder has not ended: run it again, it goes on from where it stopped."
                    : $"The folder has no {ManifestName}: it holds no backup."
            );
        var bytes = await File.ReadAllBytesAsync(Of(ManifestName), cancellationToken);
        var manifest = ManifestCheck.Read(bytes);
        return (manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>The journal's lines; one that was cut off by a kill is left out.</summary>
    public async Task<IReadOnlyList<string>> JournalAsync(CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(Of(JournalName), Encoding.UTF8, cancellationToken);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    private static bool IsLeftOver(string file) => file.EndsWith(Temporary, Ordinal) || file.EndsWith(LockName, Ordinal);

    private string Of(string name) => System.IO.Path.Combine(path, name);

    private FileStream Create(string name, FileOptions options) => new(Of(name), Options(FileMode.Create, FileAccess.ReadWrite, options));

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileOptions options)
    {
        var all = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.None,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
            all.UnixCreateMode = OwnerOnly;
        return all;
    }

    private static async Task<FileFacts> FactsAsync(string name, string file, long rows, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        return new FileFacts(name, rows, stream.Length, Convert.ToHexStringLower(hash));
    }
}
