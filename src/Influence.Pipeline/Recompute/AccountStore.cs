using System.Threading.RateLimiting;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Recompute;

/// <summary>How a conditional write of accounts ended.</summary>
internal enum SaveOutcome
{
    /// <summary>Everything was written.</summary>
    Saved,

    /// <summary>Somebody else wrote first: reload, decide again.</summary>
    Conflict,

    /// <summary>It does not fit a row or a transaction: apply fewer facts at a time.</summary>
    TooLarge,
}

/// <summary>How an entity group transaction of several accounts ended.</summary>
/// <param name="Outcome">Whether it was written.</param>
/// <param name="Saved">The accounts as written, with their ETags, in the order of the changes.</param>
/// <param name="Refused">On a conflict, the change that was refused; null where storage names none: then any of them.</param>
internal sealed record GroupOutcome(SaveOutcome Outcome, IReadOnlyList<AccountDocument> Saved, int? Refused = null);

/// <summary>Reads and writes accounts: point reads, and entity group transactions of what changed.</summary>
internal sealed class AccountStore(TableClient table, AccountKeys keys) : IDisposable
{
    /// <summary>Most rows of a transaction.</summary>
    public const int MaxRows = 100;

    /// <summary>Largest transaction, bytes of its request; storage takes 4 MiB.</summary>
    public const int MaxTransactionBytes = 3_500_000;

    private const int MaxProperty = 64 * 1024;
    private const int ReadsAtATime = 32;

    // The SDK opens a connection for each read that is under way.
    private readonly ConcurrencyLimiter reads = new(new() { PermitLimit = ReadsAtATime, QueueLimit = int.MaxValue });

    public AccountKeys Keys => keys;

    public void Dispose() => reads.Dispose();

    /// <summary>The account with the pages that are asked for; an empty state where there are no rows.</summary>
    /// <param name="account">Which.</param>
    /// <param name="needs">Names pages; those that stand in the state row are there in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PageException">A row is not what was written.</exception>
    public async Task<AccountDocument> LoadAsync(
        AccountId account,
        Func<AccountState, IEnumerable<PageName>> needs,
        CancellationToken cancellationToken
    ) => await CompleteAsync(await StateAsync(account, cancellationToken), needs, cancellationToken);

    /// <summary>An account that was read, with the pages that are asked for beside those it has.</summary>
    /// <exception cref="PageException">A row is not what was written, or somebody wrote since.</exception>
    public Task<AccountDocument> CompleteAsync(
        AccountDocument document,
        Func<AccountState, IEnumerable<PageName>> needs,
        CancellationToken cancellationToken
    )
    {
        var loaded = StatePacking.PagesOf(document.State).Where(p => p.Value.IsLoaded).Select(p => p.Key).ToHashSet();
        return WithPagesAsync(document, needs(document.State).Where(n => !loaded.Contains(n)), cancellationToken);
    }

    /// <summary>The account with every page it has; an empty state where there are no rows.</summary>
    /// <exception cref="PageException">A row is not what was written.</exception>
    public async Task<AccountDocument> LoadWholeAsync(AccountId account, CancellationToken cancellationToken)
    {
        var document = await StateAsync(account, cancellationToken);
        var missing = StatePacking.PagesOf(document.State).Where(p => !p.Value.IsLoaded).Select(p => p.Key);
        // Reads that share a connection pool: a large account's pages come so many at a time.
        foreach (var names in missing.Chunk(ReadsAtATime))
            document = await WithPagesAsync(document, names, cancellationToken);
        return document;
    }

    /// <summary>Whether nobody wrote since the document was read: then all its pages are of one moment.</summary>
    public async Task<bool> IsCurrentAsync(AccountDocument document, CancellationToken cancellationToken)
    {
        string[] nothing = ["V"];
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(document.State.Account),
            keys.StateOf(document.State.Account),
            nothing,
            cancellationToken
        );
        return row.HasValue && row.Value!.ETag == document.ETag;
    }

    /// <summary>Writes what changed of one account, all of it or nothing.</summary>
    /// <param name="before">The account as it was read.</param>
    /// <param name="after">The account as it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="settlement">The settlement that writes; null where facts do.</param>
    public async Task<GroupOutcome> SaveAsync(
        AccountDocument before,
        AccountState after,
        CancellationToken cancellationToken,
        SettlementStamp? settlement = null
    ) => await SaveAsync([AccountRow.Change(before, after, keys, settlement)], cancellationToken);

    /// <summary>Writes the changes of accounts of one partition, all or nothing; a single row by a plain write.</summary>
    /// <exception cref="InvalidOperationException">They are of several partitions, which Azurite takes and Azure refuses.</exception>
    public async Task<GroupOutcome> SaveAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = [.. changes.SelectMany(c => c.Actions)];
        if (actions.Exists(a => a.Entity.PartitionKey != actions[0].Entity.PartitionKey))
            throw new InvalidOperationException("A transaction is of one partition.");
        if (actions.Count > MaxRows || changes.Sum(c => c.Bytes) > MaxTransactionBytes || actions.Exists(HasTooLargeProperty))
            return new GroupOutcome(SaveOutcome.TooLarge, []);
        try
        {
            var etags = await WriteAsync(actions, cancellationToken);
            var (saved, at) = (new List<AccountDocument>(changes.Count), 0);
            foreach (var change in changes)
            {
                saved.Add(change.After with { ETag = etags[at] });
                at += change.Actions.Count;
            }

            return new GroupOutcome(SaveOutcome.Saved, saved);
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return new GroupOutcome(SaveOutcome.Conflict, [], RefusedOf(changes, e));
        }
        catch (RequestFailedException e) when (e.Status == 413 || e.ErrorCode is "PropertyValueTooLarge" or "EntityTooLarge")
        {
            // Beyond what is estimated here: halving still helps, or it is this account's failure alone.
            return new GroupOutcome(SaveOutcome.TooLarge, []);
        }
    }

    /// <summary>Deletes the rows of the ledger's days before one, whether or not a state still names them.</summary>
    public Task SweepLedgerAsync(AccountId account, int day, CancellationToken cancellationToken)
    {
        var (partition, (from, to)) = (keys.PartitionOf(account), keys.LedgerBefore(account, day));
        return TableSweep.DeletePartitionAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"),
            cancellationToken
        );
    }

    /// <summary>Deletes every row of an account: the state first, without which nobody reads the pages. Idempotent.</summary>
    public async Task DeleteAsync(AccountId account, CancellationToken cancellationToken)
    {
        var partition = keys.PartitionOf(account);
        await table.DeleteEntityAsync(partition, keys.StateOf(account), ETag.All, cancellationToken);
        foreach (var (from, to) in keys.PagesOf(account))
            await TableSweep.DeletePartitionAsync(
                table,
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"),
                cancellationToken
            );
    }

    private async Task<List<ETag?>> WriteAsync(List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        if (actions.Count > 1)
        {
            var answer = await table.SubmitTransactionAsync(actions, cancellationToken);
            return [.. answer.Value.Select(a => a.Headers.ETag)];
        }

        var (row, action) = ((TableEntity)actions[0].Entity, actions[0]);
        var written =
            action.ActionType == TableTransactionActionType.Add
                ? await table.AddEntityAsync(row, cancellationToken)
                : await table.UpdateEntityAsync(row, action.ETag, TableUpdateMode.Replace, cancellationToken);
        return [written.Headers.ETag];
    }

    // Storage names the action; a single write is the first.
    private static int? RefusedOf(IReadOnlyList<AccountChange> changes, RequestFailedException refusal)
    {
        if (changes.Count == 1)
            return 0;
        if ((refusal as TableTransactionFailedException)?.FailedTransactionActionIndex is not { } index)
            return null;
        for (var i = 0; i < changes.Count; i++)
        {
            if (index < changes[i].Actions.Count)
                return i;
            index -= changes[i].Actions.Count;
        }

        return null;
    }

    private async Task<AccountDocument> StateAsync(AccountId account, CancellationToken cancellationToken)
    {
        return await FindAsync(keys.PartitionOf(account), keys.StateOf(account), cancellationToken) is { } row
            ? AccountRow.Read(row, account, keys.Hasher)
            : NewOf(account);
    }

    /// <summary>An account without rows.</summary>
    public AccountDocument NewOf(AccountId account) =>
        new(AccountState.Empty(account, ScoringPolicy.Current, keys.Hasher), null, new HashSet<PageKind>());

    private async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        using var place = await reads.AcquireAsync(1, cancellationToken);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private async Task<AccountDocument> WithPagesAsync(
        AccountDocument document,
        IEnumerable<PageName> names,
        CancellationToken cancellationToken
    )
    {
        var account = document.State.Account;
        var pages = await Task.WhenAll(names.Select(async name => (name, Bytes: await PageAsync(account, name, cancellationToken))));
        return document with
        {
            State = pages.Aggregate(document.State, (state, page) => StatePacking.WithPage(state, page.name, page.Bytes)),
        };
    }

    private async Task<byte[]> PageAsync(AccountId account, PageName name, CancellationToken cancellationToken)
    {
        var row = await FindAsync(keys.PartitionOf(account), keys.RowOf(account, name), cancellationToken);
        // The row left between the two reads: a page merged or pruned by somebody else.
        return row?.GetBinary(AccountRow.Page) ?? throw new PageMismatchException(name.Start);
    }

    private static bool HasTooLargeProperty(TableTransactionAction action) =>
        ((TableEntity)action.Entity).Any(p => p.Value is byte[] { Length: > MaxProperty });
}
