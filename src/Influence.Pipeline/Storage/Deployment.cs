using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Influence.Storage;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Storage;

/// <summary>This deployment's tables and queues, and its hash seed.</summary>
/// <remarks>Made on the first use of an empty storage account, found on every later one.</remarks>
/// <param name="storage">Makes their clients.</param>
/// <param name="options">How many partitions the accounts of a new deployment get.</param>
public sealed class Deployment(StorageClients storage, IOptions<InfluenceOptions> options) : IDisposable
{
    /// <summary>Why the app cannot run on these tables, as a sentence; null when it can, or does not know yet.</summary>
    public string? Refusal { get; internal set; }

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile AccountKeys? keys;

    /// <summary>Accounts, a partition for each group of keys: see <see cref="AccountKeys"/>.</summary>
    public TableClient Accounts { get; } = storage.Table(DeploymentTables.Accounts);

    /// <summary>Boards by day, partition <c>{board}|{yyyy-MM-dd}</c>.</summary>
    public TableClient Leaderboards { get; } = storage.Table(DeploymentTables.Leaderboards);

    /// <summary>Partial results of publications, and the votes in force.</summary>
    public TableClient Settlements { get; } = storage.Table(DeploymentTables.Settlements);

    /// <summary>What actors did, one row per message, until a settlement folds it: see <see cref="ActivityJournal"/>.</summary>
    public TableClient Journal { get; } = storage.Table(DeploymentTables.Journal);

    /// <summary>Activities remembered for their undo, partition = hash of the key.</summary>
    public TableClient Activities { get; } = storage.Table(DeploymentTables.Activities);

    /// <summary>Profiles: people and organisations with their accounts; and who is who, see <see cref="SightingRows"/>.</summary>
    public TableClient Profiles { get; } = storage.Table(DeploymentTables.Profiles);

    /// <summary>Keyed hashes of the erased, and the erasures that are under way.</summary>
    public TableClient Suppressed { get; } = storage.Table(DeploymentTables.Suppressed);

    /// <summary>What operators did, append-only.</summary>
    public TableClient Audit { get; } = storage.Table(DeploymentTables.Audit);

    /// <summary>Messages that could not be processed, with the reason.</summary>
    public TableClient DeadLetters { get; } = storage.Table(DeploymentTables.DeadLetters);

    /// <summary>Batches of facts on their way to <c>Recompute</c>.</summary>
    public QueueClient Interactions { get; } = storage.Queue(QueueNames.Interactions);

    /// <summary>Publications on their way to <c>Publish</c>.</summary>
    public QueueClient Shards { get; } = storage.Queue(QueueNames.Shards);

    /// <summary>Batches that failed for good.</summary>
    public QueueClient InteractionsPoison { get; } = storage.Queue(QueueNames.InteractionsPoison);

    /// <summary>Publications that failed for good.</summary>
    public QueueClient ShardsPoison { get; } = storage.Queue(QueueNames.ShardsPoison);

    /// <summary>The deployment's keys; makes what is missing the first time, and asks storage only once.</summary>
    /// <exception cref="RequestFailedException">Storage cannot be reached; the next call tries again.</exception>
    public async ValueTask<KeyHasher> KeysAsync(CancellationToken cancellationToken) => (await AccountKeysAsync(cancellationToken)).Hasher;

    /// <summary>The same, with where accounts lie.</summary>
    /// <inheritdoc cref="KeysAsync" path="/exception"/>
    internal ValueTask<AccountKeys> AccountKeysAsync(CancellationToken cancellationToken) =>
        keys is { } known ? ValueTask.FromResult(known) : new(SetUpAsync(cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<AccountKeys> SetUpAsync(CancellationToken cancellationToken)
    {
        // Without the caller's token: with one, a semaphore goes on on the thread pool, out of a simulation's reach. Whoever is in has
        // bounds.
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            if (keys is not null)
                return keys;
            TableClient[] tables = [Accounts, Leaderboards, Settlements, Journal, Activities, Profiles, Suppressed, Audit, DeadLetters];
            QueueClient[] queues = [Interactions, Shards, InteractionsPoison, ShardsPoison];
            await Task.WhenAll([
                .. tables.Select(t => t.CreateIfNotExistsAsync(cancellationToken)),
                .. queues.Select(q => (Task)q.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            ]);
            return keys = await FindKeysAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    // Two hosts may start at once: the first insert wins, the other reads it.
    private async Task<AccountKeys> FindKeysAsync(CancellationToken cancellationToken)
    {
        var known = await Accounts.GetEntityIfExistsAsync<TableEntity>(
            DeploymentTables.Partition,
            DeploymentTables.Keys,
            cancellationToken: cancellationToken
        );
        if (known.HasValue)
            return Read(known.Value!);
        var seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var row = new TableEntity(DeploymentTables.Partition, DeploymentTables.Keys)
        {
            [DeploymentTables.Seed] = seed,
            [DeploymentTables.LayoutVersion] = AccountKeys.Layout,
            ["Partitions"] = options.Value.Partitions,
        };
        if (await Accounts.TryWriteAsync(row, null, cancellationToken))
            return Read(row);
        return Read(
            (
                await Accounts.GetEntityAsync<TableEntity>(
                    DeploymentTables.Partition,
                    DeploymentTables.Keys,
                    cancellationToken: cancellationToken
                )
            ).Value
        );
    }

    private static AccountKeys Read(TableEntity row) =>
        row.GetInt32(DeploymentTables.LayoutVersion) switch
        {
            AccountKeys.Layout => new AccountKeys(
                new KeyHasher(row.GetInt64(DeploymentTables.Seed)!.Value),
                row.GetInt32("Partitions")!.Value
            ),
            < AccountKeys.Layout => throw new DeploymentRefusedException(
                "The tables were made by a version of this app that was never released: "
                    + "give the setting Influence__TablePrefix another value, or delete the tables."
            ),
            DeploymentTables.RestoringLayout => throw new DeploymentRefusedException(
                "A backup is being restored into the tables, or was and did not end: run the import to its end, then start the app."
            ),
            var layout => throw new DeploymentRefusedException(
                $"The tables are of a later version of this app: their layout is {layout}, {AccountKeys.Layout} is the latest known here."
            ),
        };
}

/// <summary>The tables are of another version of the app, which this one does not read.</summary>
/// <param name="message">A sentence that says what to do.</param>
internal sealed class DeploymentRefusedException(string message) : InvalidOperationException(message);
