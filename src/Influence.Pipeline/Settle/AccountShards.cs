using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Influence.Scoring;

namespace Influence.Pipeline;

/// <summary>The Accounts table by ranges of shards. Both scans read a part of the table from end to end; the client follows both continuation keys.</summary>
internal sealed class AccountShards(TableClient table, KeyHasher keys) : IAccountShards
{
    private const int Attempts = 5;

    // Pages renewed in one transaction, with room for those that split.
    private const int PagesAtATime = 40;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "V", AccountRow.Account, AccountRow.Summary];
    private static readonly string[] WithTies = [.. Columns, nameof(PageKind.Ties), AccountRow.Page];

    private readonly AccountStore store = new(table, keys);

    public async IAsyncEnumerable<AccountState> SummariesAsync(ShardRange range, [EnumeratorCancellation] CancellationToken stop)
    {
        var (from, to) = (AccountPartition.Start(range.First), AccountPartition.Start(range.End));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and RowKey eq {AccountRow.StateKey}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, Columns, stop)) yield return Summary(row);
    }

    public async IAsyncEnumerable<AccountState> WithTiesAsync(ShardRange range, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var document in ScanAsync(range, WithTies, Ties, stop)) yield return document.State;
    }

    public IAsyncEnumerable<AccountDocument> DocumentsAsync(ShardRange range, CancellationToken stop) => ScanAsync(range, null, Document, stop);

    public async Task<AccountState> RecomputeAsync(AccountDocument scanned, IVotes votes, long at, CancellationToken stop)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1) await Task.Delay(Random.Shared.Next(20, 100 << attempt), stop);
            // As the scan read it; once somebody wrote meanwhile, as it is.
            if (await TryRecomputeAsync(scanned.State.Account, attempt == 1 ? scanned : null, votes, at, stop) is { } state) return state;
        }

        throw new AccountBusyException();
    }

    private async IAsyncEnumerable<AccountDocument> ScanAsync(
        ShardRange range, string[]? columns, Func<TableEntity, AccountDocument> read, [EnumeratorCancellation] CancellationToken stop)
    {
        var (from, to) = (AccountPartition.Start(range.First), AccountPartition.Start(range.End));
        // Row 'state' comes before its pages 'ties|…', and '}' is the character after '|'.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and (RowKey eq {AccountRow.StateKey} or (RowKey ge {"ties|"} and RowKey lt {"ties}"}))");
        AccountDocument? account = null;
        var pages = new List<byte[]>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, stop))
        {
            if (row.RowKey != AccountRow.StateKey)
            {
                pages.Add(row.GetBinary(AccountRow.Page));
                continue;
            }

            if (account is not null) yield return await WholeAsync(account, pages, stop);
            account = read(row);
            pages.Clear();
        }

        if (account is not null) yield return await WholeAsync(account, pages, stop);
    }

    private async Task<AccountState?> TryRecomputeAsync(AccountId account, AccountDocument? scanned, IVotes votes, long at, CancellationToken stop)
    {
        try
        {
            var before = scanned is null ? await store.LoadAsync(account, AtOnce, stop) : await store.CompleteAsync(scanned, AtOnce, stop);
            var ties = TiePages(before.State).Count();
            if (ties > PagesAtATime)
            {
                for (var from = 0; from < ties; from += PagesAtATime)
                    if (!await RenewAsync(account, from, votes, at, stop)) return null;
                before = await store.LoadAsync(account, Needs, stop);
            }

            if (before.ETag is null) return before.State;
            var after = AccountRecompute.Recompute(before.State, votes, at);
            return await store.SaveAsync(before, after, stop) == SaveOutcome.Saved ? after : null;
        }
        catch (PageMismatchException)
        {
            return null;
        }
    }

    // A large account part by part: each transaction leaves a state that is right for the votes its ties have.
    private async Task<bool> RenewAsync(AccountId account, int from, IVotes votes, long at, CancellationToken stop)
    {
        var before = await store.LoadAsync(account, s => TiePages(s).Skip(from).Take(PagesAtATime), stop);
        var after = AccountRecompute.RecomputeLoaded(before.State, votes, at);
        return ReferenceEquals(after, before.State) || await store.SaveAsync(before, after, stop) == SaveOutcome.Saved;
    }

    private static IEnumerable<PageName> AtOnce(AccountState state) => TiePages(state).Count() > PagesAtATime ? [] : Needs(state);

    private static IEnumerable<PageName> Needs(AccountState state) => StatePacking.PagesOf(state).Select(p => p.Key).Where(n => n.Kind != PageKind.Ledger);

    private static IEnumerable<PageName> TiePages(AccountState state) => StatePacking.PagesOf(state).Select(p => p.Key).Where(n => n.Kind == PageKind.Ties);

    private AccountState Summary(TableEntity row) => AccountRow.ReadSummary(row, AccountId.Parse(row.GetString(AccountRow.Account)), keys);

    private AccountDocument Ties(TableEntity row) => new(AccountRow.ReadTies(row, Summary(row)), row.ETag, new HashSet<PageKind>());

    private AccountDocument Document(TableEntity row) => AccountRow.Read(row, AccountId.Parse(row.GetString(AccountRow.Account)), keys);

    private async Task<AccountDocument> WholeAsync(AccountDocument account, List<byte[]> pages, CancellationToken stop)
    {
        try
        {
            var names = TiePages(account.State).ToList();
            if (pages.Count == 0) return account;
            if (names.Count == pages.Count)
                return account with { State = names.Zip(pages).Aggregate(account.State, (state, page) => StatePacking.WithPage(state, page.First, page.Second)) };
        }
        catch (PageException)
        {
            // Somebody wrote between two pages of the scan: one consistent read of this account settles it.
        }

        return await store.LoadAsync(account.State.Account, TiePages, stop);
    }
}
