using System.Text.Json;

namespace Influence.Backup.Export;

/// <summary>How far an export is: which files are whole, a line each, on the disk before the next one is begun.</summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<JournalLine> lines;
    private readonly FileStream file;

    private Journal(JournalHead head, List<JournalLine> lines, FileStream file) => (Head, this.lines, this.file) = (head, lines, file);

    /// <summary>What is exported.</summary>
    public JournalHead Head { get; }

    /// <summary>What is done.</summary>
    public IReadOnlyList<JournalLine> Lines => lines;

    /// <summary>Goes on with the folder's journal, or begins one.</summary>
    public static async Task<Journal> OpenAsync(BackupFolder folder, Func<Task<JournalHead>> begin, CancellationToken cancellationToken)
    {
        var (head, lines) = folder.Has(BackupFolder.JournalName) ? await ReadAsync(folder, cancellationToken) : (await begin(), []);
        folder.DeleteLeftOvers(lines.Where(l => l.File is not null).Select(l => l.File!.Name).ToHashSet(StringComparer.Ordinal));
        using var text = new MemoryStream();
        await WriteAsync(text, JsonSerializer.SerializeToUtf8Bytes(head, BackupJson.Default.JournalHead), cancellationToken);
        foreach (var line in lines)
            await WriteAsync(text, JsonSerializer.SerializeToUtf8Bytes(line, BackupJson.Default.JournalLine), cancellationToken);
        await folder.WriteAsync(BackupFolder.JournalName, text.ToArray(), cancellationToken);
        return new Journal(head, lines, folder.OpenJournal());
    }

    /// <summary>Notes that a file is whole, or that a range is at its end.</summary>
    public async Task AddAsync(JournalLine line)
    {
        // Not to be given up: the file has its name already.
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            await WriteAsync(file, JsonSerializer.SerializeToUtf8Bytes(line, BackupJson.Default.JournalLine), CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
            lines.Add(line);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The lines of a range, in their order.</summary>
    public IReadOnlyList<JournalLine> Of(KeyRange range)
    {
        turn.Wait();
        try
        {
            return [.. lines.Where(l => l.Table == range.Table && l.Range == range.Number)];
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        turn.Dispose();
    }

    private static async Task<(JournalHead, List<JournalLine>)> ReadAsync(BackupFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var texts = await folder.JournalAsync(cancellationToken);
            var head = JsonSerializer.Deserialize(texts[0], BackupJson.Default.JournalHead)!;
            if (head.Format != Manifest.KnownFormat || head.Layout != DeploymentTables.Layout)
                throw new BackupFailedException(
                    $"The export into this folder was begun by version {head.Tool}, in another format: "
                        + "end it with that one, or give another folder."
                );
            var lines = new List<JournalLine>();
            var broken = new HashSet<(string, int)>();
            foreach (var text in texts.Skip(1))
            {
                var line = JsonSerializer.Deserialize(text, BackupJson.Default.JournalLine)!;
                // After a file that is gone, its range is read again: the next row is only known from the file before.
                if (!broken.Contains((line.Table, line.Range)) && await IsWholeAsync(folder, line, cancellationToken))
                    lines.Add(line);
                else
                    broken.Add((line.Table, line.Range));
            }

            return (head, lines);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw new BackupFailedException($"{BackupFolder.JournalName} is damaged: delete the folder, and export again.", e);
        }
    }

    private static async Task<bool> IsWholeAsync(BackupFolder folder, JournalLine line, CancellationToken cancellationToken) =>
        line.File is null || await folder.LookAsync(line.File, cancellationToken) == line.File;

    private static async Task WriteAsync(Stream stream, byte[] json, CancellationToken cancellationToken)
    {
        // One write: a line that a kill cuts off has no end, and is left out.
        byte[] line = [.. json, (byte)'\n'];
        await stream.WriteAsync(line, cancellationToken);
    }
}
