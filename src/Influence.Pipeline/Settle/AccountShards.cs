using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Influence.Scoring;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline;

/// <summary>The Accounts table by ranges of shards. Both scans read a part of the table from end to end; the client follows both continuation keys.</summary>
internal sealed partial class AccountShards(TableClient table, AccountKeys keys, ILogger<AccountShards> logger) : IAccountShards
{
    private const int Attempts = 5;

    // Pages renewed in one transaction, with room for those that split.
    private const int PagesAtATime = 40;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "V", AccountRow.Account, AccountRow.Summary];
    private static readonly string[] WithTies = [.. Columns, nameof(PageKind.Ties), AccountRow.Page];

    private readonly AccountStore store = new(table, keys);

    public async IAsyncEnumerable<AccountState> SummariesAsync(ShardRange range, [EnumeratorCancellation] CancellationToken stop)
    {
        var (from, to) = (AccountKeys.Start(range.First), AccountKeys.Start(range.End));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and RowKey ge {AccountKeys.FirstState} and RowKey lt {AccountKeys.EndOfStates}");
        var damage = new ScanDamage();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, Columns, stop))
            if (damage.Try(row, Summary) is { } account) yield return account;
        if (damage.Assess() is var lost and > 0) LeftOut(logger, lost, range.First, range.End - 1);
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

        // Rather than hold up everybody's boards.
        LeftAsItIs(logger, keys.Hasher.ShardOf(scanned.State.Account), Attempts);
        return scanned.State;
    }

    private async IAsyncEnumerable<AccountDocument> ScanAsync(
        ShardRange range, string[]? columns, Func<TableEntity, AccountDocument> read, [EnumeratorCancellation] CancellationToken stop)
    {
        var (from, to) = (AccountKeys.Start(range.First), AccountKeys.Start(range.End));
        // The state row comes before its pages of ties.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and RowKey ge {AccountKeys.FirstState} and RowKey lt {AccountKeys.EndOfTies}");
        var (damage, pages) = (new ScanDamage(), new List<byte[]>());
        AccountDocument? account = null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, stop))
        {
            if (!AccountKeys.IsState(row.RowKey))
            {
                pages.Add(row.GetBinary(AccountRow.Page));
                continue;
            }

            if (await damage.TryAsync(account, a => WholeAsync(a, pages, stop)) is { } before) yield return before;
            account = damage.Try(row, read);
            pages.Clear();
        }

        if (await damage.TryAsync(account, a => WholeAsync(a, pages, stop)) is { } last) yield return last;
        if (damage.Assess() is var lost and > 0) LeftOut(logger, lost, range.First, range.End - 1);
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
            before = await ForgetAsync(before, at, stop);
            var after = AccountRecompute.Recompute(before.State, votes, at);
            return await store.SaveAsync(before, after, stop) == SaveOutcome.Saved ? after : null;
        }
        catch (PageException)
        {
            return null;
        }
    }

    // More days than a transaction holds go first, row by row. Until the state is written too, whoever needs one of them is told to read again.
    private async Task<AccountDocument> ForgetAsync(AccountDocument before, long at, CancellationToken stop)
    {
        var state = AccountRecompute.ForgetDays(before.State, at);
        List<PageName> gone = [.. Pages(before.State, PageKind.Ledger).Except(Pages(state, PageKind.Ledger))];
        if (gone.Count <= PagesAtATime || !before.InRows.Contains(PageKind.Ledger)) return before;
        await store.DeletePagesAsync(state.Account, gone, stop);
        return before with { State = state };
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

    private static IEnumerable<PageName> TiePages(AccountState state) => Pages(state, PageKind.Ties);

    private static IEnumerable<PageName> Pages(AccountState state, PageKind kind) => StatePacking.PagesOf(state).Select(p => p.Key).Where(n => n.Kind == kind);

    private AccountState Summary(TableEntity row) => AccountRow.ReadSummary(row, Named(row), keys.Hasher);

    private AccountDocument Ties(TableEntity row) => new(AccountRow.ReadTies(row, Summary(row)), row.ETag, new HashSet<PageKind>());

    private AccountDocument Document(TableEntity row) => AccountRow.Read(row, Named(row), keys.Hasher);

    private static AccountId Named(TableEntity row) =>
        AccountId.TryParse(row.GetString(AccountRow.Account), out var account) ? account : throw new PageCorruptException("state row", "it names no account");

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "An account of shard {Shard} could not be settled in {Attempts} attempts: others kept writing to it, or a row of it is damaged. It stays as it is.")]
    private static partial void LeftAsItIs(ILogger logger, byte shard, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Accounts} accounts of the shards {First} to {Last} are damaged and left out. A verification names them.")]
    private static partial void LeftOut(ILogger logger, int accounts, int first, int last);
}
