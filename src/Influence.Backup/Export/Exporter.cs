using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace Influence.Backup.Export;

/// <summary>Copies all tables of a deployment into a folder; a run that was stopped goes on where it was.</summary>
/// <param name="storage">The deployment.</param>
/// <param name="folder">The folder.</param>
/// <param name="options">What was asked for.</param>
/// <param name="progress">Says how it goes.</param>
/// <param name="clock">Tells when it ended.</param>
internal sealed class Exporter(BackupStorage storage, BackupFolder folder, ExportOptions options, Progress progress, TimeProvider clock)
{
    // The service's clock is known to the second.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    /// <summary>Does it.</summary>
    /// <exception cref="BackupFailedException">It cannot be done; the message says why.</exception>
    public async Task<Manifest> RunAsync(CancellationToken cancellationToken)
    {
        using var held = folder.Hold();
        var (row, at) =
            await storage.DeploymentRowAsync(cancellationToken)
            ?? throw new BackupFailedException(
                "There is no deployment: are the storage account and Influence__TablePrefix those of the app?"
            );
        CheckLayout(row);
        await RefuseWorkAsync(cancellationToken);
        await using var journal = await Journal.OpenAsync(folder, () => BeginAsync(row, at, cancellationToken), cancellationToken);
        CheckSame(RowCodec.Read(journal.Head.Deployment.AsMemory()), row);
        if (journal.Lines.Count > 0)
            progress.Say($"Going on: {journal.Lines.Count(l => l.File is not null):N0} files are whole.");
        await Parallel.ForEachAsync(
            journal.Head.Ranges,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (range, cancelled) => await ExportAsync(journal, range, cancelled)
        );
        var manifest = ManifestOf(journal);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Indented.Manifest);
        await folder.WriteAsync(BackupFolder.ManifestName, bytes, cancellationToken);
        folder.DeleteJournal();
        await WarnAsync(manifest, cancellationToken);
        return manifest;
    }

    private async Task<JournalHead> BeginAsync(TableEntity row, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>();
        RowCodec.Write(line, row);
        return new JournalHead(
            Manifest.KnownFormat,
            Manifest.ThisTool,
            DeploymentTables.Layout,
            at,
            options.IsLive,
            Encoding.UTF8.GetString(line.WrittenSpan),
            await RangePlan.MakeAsync(storage, cancellationToken)
        );
    }

    private async Task ExportAsync(Journal journal, KeyRange range, CancellationToken cancellationToken)
    {
        var done = journal.Of(range);
        if (done is [.., { IsEnd: true }])
            return;
        (string, string)? after = done is [.., { LastPartition: { } partition, LastRow: { } key }] ? (partition, key) : null;
        var (number, startedAt) = (done.Count, journal.Head.StartedAt + ClockStep);
        PartWriter? part = null;
        try
        {
            await foreach (var row in TableRows.RangeAsync(storage.Table(range.Table), range, after, cancellationToken))
            {
                part ??= new PartWriter(folder, range, number++);
                await part.AddAsync(row, startedAt, cancellationToken);
                progress.Add(1);
                if (part.PlainBytes < options.FileBytes)
                    continue;
                await journal.AddAsync(await LineOfAsync(range, part, isEnd: false, cancellationToken));
                part = null;
            }

            if (part is null)
                await journal.AddAsync(new JournalLine(range.Table, range.Number, null, null, null, 0, true));
            else
                await journal.AddAsync(await LineOfAsync(range, part, isEnd: true, cancellationToken));
            part = null;
        }
        finally
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    private static async Task<JournalLine> LineOfAsync(KeyRange range, PartWriter part, bool isEnd, CancellationToken cancellationToken) =>
        new(
            range.Table,
            range.Number,
            await part.FinishAsync(cancellationToken),
            part.Last!.Value.Partition,
            part.Last!.Value.Row,
            part.ChangedRows,
            isEnd
        );

    private Manifest ManifestOf(Journal journal)
    {
        var head = journal.Head;
        var files = journal
            .Lines.Where(l => l.File is not null)
            .OrderBy(l => l.File!.Name, StringComparer.Ordinal)
            .ToLookup(l => l.Table, l => l.File!, StringComparer.Ordinal);
        return new Manifest(
            head.Format,
            head.Tool,
            head.Layout,
            head.StartedAt,
            clock.GetUtcNow(),
            head.IsLive || options.IsLive,
            journal.Lines.Sum(l => l.ChangedRows),
            head.Deployment,
            [.. DeploymentTables.All.Select(t => new TableFiles(t, files[t].Sum(f => f.Rows), [.. files[t]]))]
        );
    }

    private static void CheckLayout(TableEntity row)
    {
        var layout = row.GetInt32(DeploymentTables.LayoutVersion);
        if (layout == DeploymentTables.RestoringLayout)
            throw new BackupFailedException("A restore into these tables has not ended: run the import to its end first.");
        if (layout != DeploymentTables.Layout)
            throw new BackupFailedException(
                $"The tables have layout {layout}, and this version knows layout {DeploymentTables.Layout}: take the version of the app."
            );
    }

    private static void CheckSame(TableEntity begun, TableEntity now)
    {
        if (begun.GetInt64(DeploymentTables.Seed) != now.GetInt64(DeploymentTables.Seed))
            throw new BackupFailedException("The export in this folder was begun on another deployment: give another folder.");
    }

    private async Task RefuseWorkAsync(CancellationToken cancellationToken)
    {
        var waiting = await storage.WaitingAsync(cancellationToken);
        if (waiting.Count == 0 || options.IsLive)
            return;
        throw new BackupFailedException(
            $"Work is waiting: {Text(waiting)}. Messages are not part of a backup. Let the app finish them without taking in more, then "
                + "stop it and export; or take a backup that is not of one moment, with --live."
        );
    }

    private async Task WarnAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.ChangedRows > 0)
            progress.Say($"Not of one moment: {manifest.ChangedRows:N0} rows changed meanwhile. After a restore, verify the accounts.");
        if (await storage.WaitingAsync(cancellationToken) is { Count: > 0 } waiting)
            progress.Say($"Not in the backup: {Text(waiting)}.");
    }

    private static string Text(IReadOnlyList<(string Queue, long Messages)> waiting) =>
        string.Join(", ", waiting.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Messages:N0} messages in {w.Queue}")));
}
