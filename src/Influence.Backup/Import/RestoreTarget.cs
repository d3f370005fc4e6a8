using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Backup.Import;

/// <summary>The tables that a backup is restored into: whether they may be, and how far a restore is.</summary>
/// <remarks>
/// The deployment's own row is written first, with a layout that every app refuses, and last, as it was. So no app works on half of a
/// backup, and none makes a deployment of its own in between. Beside it each file that is done has a row, until the end.
/// </remarks>
/// <param name="storage">The tables.</param>
/// <param name="deployment">The deployment's own row, as the backup has it.</param>
/// <param name="backup">The name of the backup.</param>
/// <param name="clock">Paces the wait for tables that are being deleted.</param>
internal sealed class RestoreTarget(BackupStorage storage, TableEntity deployment, string backup, TimeProvider clock)
{
    private const string Restoring = "Restoring";
    private const string Done = "restored|";
    private const int RowsATransaction = 100;
    private static readonly TimeSpan DeletionPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DeletionPause = TimeSpan.FromSeconds(5);

    private TableClient Accounts => storage.Table(DeploymentTables.Accounts);

    /// <summary>Tables whose later rows stay. They say who was erased, what operators did, what failed.</summary>
    public static IReadOnlyList<string> KeptTables { get; } =
    [DeploymentTables.Suppressed, DeploymentTables.Audit, DeploymentTables.DeadLetters];

    /// <summary>Whether a row is of the restore itself.</summary>
    public static bool IsMark(TableEntity row) =>
        row.PartitionKey == DeploymentTables.Partition && row.RowKey.StartsWith(Done, StringComparison.Ordinal);

    /// <summary>Whether a row is the deployment's own.</summary>
    public static bool IsDeployment(TableEntity row) =>
        (row.PartitionKey, row.RowKey) == (DeploymentTables.Partition, DeploymentTables.Keys);

    /// <summary>Makes the tables ready, or finds that an import of the same backup was under way.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="BackupFailedException">They hold something else.</exception>
    public async Task<bool> PrepareAsync(bool replaces, CancellationToken cancellationToken)
    {
        var found = (await storage.DeploymentRowAsync(cancellationToken))?.Row;
        var isRestoring = found?.GetInt32(DeploymentTables.LayoutVersion) == DeploymentTables.RestoringLayout;
        if (isRestoring && found!.GetString(Restoring) == backup)
        {
            await CreateTablesAsync(cancellationToken);
            return true;
        }

        if (replaces)
            await EmptyAsync(found, cancellationToken);
        else
            await RefuseRowsAsync(isRestoring, cancellationToken);
        await CreateTablesAsync(cancellationToken);
        try
        {
            await Accounts.AddEntityAsync(MarkOf(backup), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            throw new BackupFailedException(
                "An app made a deployment in these tables meanwhile: stop it, delete the tables, import again.",
                e
            );
        }

        return false;
    }

    /// <summary>The files that are done.</summary>
    public async Task<IReadOnlySet<string>> FilesDoneAsync(CancellationToken cancellationToken)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in MarksAsync(cancellationToken))
            files.Add(row.RowKey[Done.Length..]);
        return files;
    }

    /// <summary>Notes that a file is done.</summary>
    public Task NoteAsync(string file, CancellationToken cancellationToken) =>
        Accounts.UpsertEntityAsync(new TableEntity(DeploymentTables.Partition, Done + file), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Ends the restore: from now on an app may use the tables.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var marks = new List<TableTransactionAction>();
        await foreach (var row in MarksAsync(cancellationToken))
            marks.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
        // The deployment's row goes with the last of them, so that an end that was cut off is found as a restore under way.
        foreach (var some in marks.Append(new(TableTransactionActionType.UpsertReplace, deployment)).Chunk(RowsATransaction))
            await Accounts.SubmitTransactionAsync(some, cancellationToken);
    }

    /// <summary>Notes that the tables hold what no import can go on with: only one that deletes it first.</summary>
    public Task SpoilAsync(CancellationToken cancellationToken) =>
        Accounts.UpsertEntityAsync(MarkOf(""), TableUpdateMode.Replace, cancellationToken);

    private AsyncPageable<TableEntity> MarksAsync(CancellationToken cancellationToken)
    {
        // '}' is the character after '|'.
        var (from, to) = (Done, Done[..^1] + '}');
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {DeploymentTables.Partition} and RowKey ge {from} and RowKey lt {to}");
        return TableRows.KeysAsync(Accounts, filter, cancellationToken);
    }

    private TableEntity MarkOf(string restoring) =>
        new(deployment) { [DeploymentTables.LayoutVersion] = DeploymentTables.RestoringLayout, [Restoring] = restoring };

    private async Task RefuseRowsAsync(bool isRestoring, CancellationToken cancellationToken)
    {
        if (isRestoring)
            throw new BackupFailedException(
                "The tables hold half of another restore: end that one, or delete what is there with --replace."
            );
        foreach (var table in DeploymentTables.All)
            if (await TableRows.AnyAsync(storage.Table(table), cancellationToken))
                throw new BackupFailedException(
                    $"Table {table} holds rows. If they are of the deployment that the backup is of, --replace deletes them first; else "
                        + "give the setting Influence__TablePrefix another value, or delete the tables."
                );
    }

    private async Task EmptyAsync(TableEntity? found, CancellationToken cancellationToken)
    {
        if (found is null)
        {
            await RefuseUnknownRowsAsync(cancellationToken);
            return;
        }

        if (found.GetInt64(DeploymentTables.Seed) != deployment.GetInt64(DeploymentTables.Seed))
            throw new BackupFailedException(
                "The tables are of another deployment than the backup: --replace deletes only what the backup stands for. "
                    + "Give the setting Influence__TablePrefix another value, or delete the tables."
            );
        // First of all, so that no app works on what is left, and no import goes on with it.
        await SpoilAsync(cancellationToken);
        // The accounts last: while their table is there, it says whose tables these are.
        foreach (var table in DeploymentTables.All.Except(KeptTables).Reverse())
            await storage.Table(table).DeleteAsync(cancellationToken);
    }

    // Without the deployment's row, tables with rows may be another program's. An import that was killed after it deleted all of them left
    // rows in the kept tables only.
    private async Task RefuseUnknownRowsAsync(CancellationToken cancellationToken)
    {
        foreach (var table in DeploymentTables.All.Except(KeptTables))
            if (await TableRows.AnyAsync(storage.Table(table), cancellationToken))
                throw new BackupFailedException(
                    $"Table {table} holds rows, and no row says of which deployment: --replace deletes only what the backup stands for. "
                        + "Give the setting Influence__TablePrefix another value, or delete the tables."
                );
    }

    private async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        foreach (var table in DeploymentTables.All)
            await CreateAsync(storage.Table(table), cancellationToken);
    }

    private async Task CreateAsync(TableClient table, CancellationToken cancellationToken)
    {
        for (var began = clock.GetTimestamp(); ; )
        {
            try
            {
                await table.CreateIfNotExistsAsync(cancellationToken);
                return;
            }
            catch (RequestFailedException e)
                when (e.ErrorCode == TableErrorCode.TableBeingDeleted && clock.GetElapsedTime(began) < DeletionPatience)
            {
                // Azure takes half a minute and more to delete a table, and refuses its name until then.
                await Task.Delay(DeletionPause, clock, cancellationToken);
            }
        }
    }
}
