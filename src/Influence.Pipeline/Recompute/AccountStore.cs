using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Recompute;

/// <summary>How a conditional write of an account ended.</summary>
internal enum SaveOutcome
{
    /// <summary>Everything was written.</summary>
    Saved,

    /// <summary>Somebody else wrote first: reload, decide again.</summary>
    Conflict,

    /// <summary>It does not fit a row or a transaction: apply fewer facts at a time.</summary>
    TooLarge,
}

/// <summary>Reads and writes accounts: a point read and a conditional write, one more per page of a large one.</summary>
internal sealed class AccountStore(TableClient table, AccountKeys keys)
{
    private const int MaxActions = 100;
    private const int MaxTransactionBytes = 3_500_000;
    private const int MaxProperty = 64 * 1024;
    private const int ReadsAtATime = 32;

    /// <summary>The account with the pages that the facts touch; an empty state where there are no rows.</summary>
    /// <exception cref="PageException">A row is not what was written.</exception>
    public Task<AccountDocument> LoadAsync(AccountId account, IReadOnlyList<Fact> facts, CancellationToken cancellationToken) =>
        LoadAsync(account, state => PageNeeds.Of(state, facts), cancellationToken);

    /// <summary>The account with the pages that are asked for.</summary>
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

    /// <summary>Writes what changed, all of it or nothing.</summary>
    /// <param name="before">The account as it was read.</param>
    /// <param name="after">The account as it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="settlement">The settlement that writes; null where facts do.</param>
    public async Task<SaveOutcome> SaveAsync(
        AccountDocument before,
        AccountState after,
        CancellationToken cancellationToken,
        SettlementStamp? settlement = null
    )
    {
        var actions = AccountRow.Changes(before, after, keys, settlement);
        if (actions.Count > MaxActions || BytesOf(actions) > MaxTransactionBytes || actions.Exists(HasTooLargeProperty))
            return SaveOutcome.TooLarge;
        try
        {
            await WriteAsync(actions, cancellationToken);
            return SaveOutcome.Saved;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return SaveOutcome.Conflict;
        }
        catch (RequestFailedException e) when (e.Status == 413 || e.ErrorCode is "PropertyValueTooLarge" or "EntityTooLarge")
        {
            // Beyond what is estimated here: halving still helps, or it is this account's failure alone.
            return SaveOutcome.TooLarge;
        }
    }

    /// <summary>Deletes the rows of the ledger's days before one, whether or not a state still names them.</summary>
    public Task SweepLedgerAsync(AccountId account, int day, CancellationToken cancellationToken)
    {
        var (partition, from, to) = (keys.PartitionOf(account), "ledger|", new PageName(PageKind.Ledger, day, 0).ToString());
        return TableSweep.DeleteAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"),
            cancellationToken
        );
    }

    private Task WriteAsync(List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        if (actions.Count > 1)
            return table.SubmitTransactionAsync(actions, cancellationToken);
        var (row, action) = ((TableEntity)actions[0].Entity, actions[0]);
        return action.ActionType == TableTransactionActionType.Add
            ? table.AddEntityAsync(row, cancellationToken)
            : table.UpdateEntityAsync(row, action.ETag, TableUpdateMode.Replace, cancellationToken);
    }

    private async Task<AccountDocument> StateAsync(AccountId account, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            keys.PartitionOf(account),
            keys.StateOf(account),
            cancellationToken: cancellationToken
        );
        return row.HasValue
            ? AccountRow.Read(row.Value!, account, keys.Hasher)
            : new AccountDocument(AccountState.Empty(account, ScoringPolicy.Current, keys.Hasher), null, new HashSet<PageKind>());
    }

    private async Task<AccountDocument> WithPagesAsync(
        AccountDocument document,
        IEnumerable<PageName> names,
        CancellationToken cancellationToken
    )
    {
        var partition = keys.PartitionOf(document.State.Account);
        var pages = await Task.WhenAll(names.Select(async name => (name, Bytes: await PageAsync(partition, name, cancellationToken))));
        return document with
        {
            State = pages.Aggregate(document.State, (state, page) => StatePacking.WithPage(state, page.name, page.Bytes)),
        };
    }

    private async Task<byte[]> PageAsync(string partition, PageName name, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, name.ToString(), cancellationToken: cancellationToken);
        // The row left between the two reads: a page merged or pruned by somebody else.
        return row.HasValue ? row.Value!.GetBinary(AccountRow.Page) : throw new PageMismatchException(name.Start);
    }

    private static bool HasTooLargeProperty(TableTransactionAction action) =>
        ((TableEntity)action.Entity).Any(p => p.Value is byte[] { Length: > MaxProperty });

    private static int BytesOf(List<TableTransactionAction> actions) =>
        actions.Sum(a => ((TableEntity)a.Entity).Sum(p => p.Value is byte[] bytes ? (bytes.Length * 4 / 3) + 64 : 64));
}
