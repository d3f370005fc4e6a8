using Azure.Data.Tables;

namespace Influence.Backup.Import;

/// <summary>Restores all tables of a deployment from a folder; a run that was stopped goes on where it was.</summary>
/// <param name="storage">The storage to restore into.</param>
/// <param name="folder">The folder.</param>
/// <param name="options">What was asked for.</param>
/// <param name="progress">Says how it goes.</param>
/// <param name="clock">Paces waits.</param>
internal sealed class Importer(BackupStorage storage, BackupFolder folder, ImportOptions options, Progress progress, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    /// <exception cref="BackupFailedException">It cannot be done; the message says why.</exception>
    public async Task<Manifest> RunAsync(CancellationToken cancellationToken)
    {
        var (manifest, id) = await folder.ManifestAsync(cancellationToken);
        await FolderCheck.HashesAsync(folder, manifest, options.Parallel, cancellationToken);
        var target = new RestoreTarget(storage, DeploymentOf(manifest), id, clock);
        var isUnderWay = await target.PrepareAsync(options.Replaces, cancellationToken);
        var done = await target.FilesDoneAsync(cancellationToken);
        if (isUnderWay)
            progress.Say($"Going on: {done.Count:N0} files are done.");
        var kept = await KeptAsync(cancellationToken);
        await Parallel.ForEachAsync(
            from table in manifest.Tables
            from file in table.Files
            where !done.Contains(file.Name)
            select (Table: table.Name, File: file),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (part, cancelled) =>
            {
                await WriteAsync(part.Table, part.File, cancelled);
                await target.NoteAsync(part.File.Name, cancelled);
            }
        );
        await CountAsync(target, manifest, kept, cancellationToken);
        await target.FinishAsync(cancellationToken);
        return manifest;
    }

    private static TableEntity DeploymentOf(Manifest manifest)
    {
        try
        {
            var row = RowCodec.Read(manifest.Deployment.AsMemory());
            if (RestoreTarget.IsDeployment(row) && row.GetInt32(DeploymentTables.LayoutVersion) == manifest.Layout)
                return row;
            throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new BackupFailedException($"{BackupFolder.ManifestName} is damaged: its deployment is none.", e);
        }
    }

    private async Task WriteAsync(string table, FileFacts file, CancellationToken cancellationToken)
    {
        var writer = new TransactionWriter(storage.Table(table));
        await foreach (var row in PartReader.ReadAsync(folder, file, cancellationToken))
        {
            // It is written at the end, and until then it says that a restore is under way.
            if (table == DeploymentTables.Accounts && RestoreTarget.IsDeployment(row.Row))
                continue;
            progress.Add(await writer.AddAsync(row, cancellationToken));
        }

        progress.Add(await writer.FlushAsync(cancellationToken));
    }

    // Who was erased since the backup stays on the list: it names nobody, so that it cannot be made again from elsewhere.
    private async Task<Dictionary<string, long>> KeptAsync(CancellationToken cancellationToken)
    {
        var kept = new Dictionary<string, long>();
        foreach (var table in RestoreTarget.KeptTables)
            kept[table] = await RowsAsync(table, cancellationToken);
        return kept;
    }

    private async Task CountAsync(
        RestoreTarget target,
        Manifest manifest,
        Dictionary<string, long> kept,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in manifest.Tables)
        {
            var rows = await RowsAsync(table.Name, cancellationToken);
            if (rows < table.Rows || rows > table.Rows + kept.GetValueOrDefault(table.Name))
            {
                await target.SpoilAsync(cancellationToken);
                throw new BackupFailedException(
                    FormattableString.Invariant($"Table {table.Name} holds {rows:N0} rows, and the backup {table.Rows:N0}: ")
                        + "something else writes there. Stop it, and import with --replace."
                );
            }

            if (rows > table.Rows)
                progress.Say($"Kept in {table.Name}: {rows - table.Rows:N0} rows of after the backup.");
            if (rows > table.Rows && table.Name == DeploymentTables.Suppressed)
                progress.Say($"Those are erasures: ask for them again, by the ids of your own list.");
        }
    }

    private async Task<long> RowsAsync(string table, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var row in TableRows.KeysAsync(storage.Table(table), null, cancellationToken))
            if (table != DeploymentTables.Accounts || !RestoreTarget.IsMark(row))
                rows++;
        return rows;
    }
}
