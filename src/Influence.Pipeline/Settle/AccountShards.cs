using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Settle;

/// <summary>The Accounts table by ranges of shards.</summary>
/// <remarks>Every scan reads a part of the table from end to end; the client follows both continuation keys.</remarks>
internal sealed partial class AccountShards(TableClient table, AccountStore store, AccountSettler settler, ILogger<AccountShards> logger)
    : IAccountShards
{
    private const int Attempts = 3;
    private const int RowsAtATime = 1000;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "V", AccountRow.Account, AccountRow.Summary];
    private static readonly string[] WithTies = [.. Columns, nameof(PageKind.Ties)];

    public async IAsyncEnumerable<AccountState> SummariesAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var damage = new ScanDamage();
        foreach (var segment in store.Keys.SegmentsOf(range))
        await foreach (var row in RowsAsync("s", segment, Columns, cancellationToken))
            if (damage.Try(row, Summary) is { } account)
                yield return account;
        if (damage.Assess() is var lost and > 0)
            LeftOut(logger, lost, range.First, range.End - 1);
    }

    public async IAsyncEnumerable<AccountState> WithTiesAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var document in ScanAsync(range, WithTies, Ties, cancellationToken))
            yield return document.State;
    }

    public IAsyncEnumerable<AccountDocument> DocumentsAsync(ShardRange range, CancellationToken cancellationToken) =>
        ScanAsync(range, null, Document, cancellationToken);

    public Task<IReadOnlyList<AccountState>> RecomputeAsync(
        IReadOnlyList<AccountDocument> scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    ) => settler.RecomputeAsync(scanned, votes, run, cancellationToken);

    // States and pages of ties lie apart, both in the order of keys: two scans side by side, merged.
    private async IAsyncEnumerable<AccountDocument> ScanAsync(
        ShardRange range,
        string[]? columns,
        Func<TableEntity, AccountDocument> read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var damage = new ScanDamage();
        foreach (var segment in store.Keys.SegmentsOf(range))
        {
            await using var pages = RowsAsync("t", segment, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var hasPage = await pages.MoveNextAsync();
            await foreach (var row in RowsAsync("s", segment, columns, cancellationToken))
            {
                var own = new List<byte[]>();
                for (; hasPage && CompareKeys(pages.Current, row) <= 0; hasPage = await pages.MoveNextAsync())
                    if (CompareKeys(pages.Current, row) == 0)
                        own.Add(pages.Current.GetBinary(AccountRow.Page));
                var account = damage.Try(row, read);
                if (await damage.TryAsync(account, a => WholeAsync(a, own, cancellationToken)) is { } whole)
                    yield return whole;
            }
        }

        if (damage.Assess() is var lost and > 0)
            LeftOut(logger, lost, range.First, range.End - 1);
    }

    private Azure.AsyncPageable<TableEntity> RowsAsync(
        string kind,
        KeySegment segment,
        string[]? columns,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = ($"{kind}|{segment.From}", $"{kind}|{segment.To}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {segment.Partition} and RowKey ge {from} and RowKey lt {to}");
        return table.QueryAsync<TableEntity>(filter, RowsAtATime, columns, cancellationToken);
    }

    private static int CompareKeys(TableEntity page, TableEntity state) =>
        AccountKeys.KeyIn(page.RowKey).SequenceCompareTo(AccountKeys.KeyIn(state.RowKey));

    private AccountState Summary(TableEntity row) => AccountRow.ReadSummary(row, Named(row), store.Keys.Hasher);

    private AccountDocument Ties(TableEntity row) => new(AccountRow.ReadTies(row, Summary(row)), row.ETag, new HashSet<PageKind>());

    private AccountDocument Document(TableEntity row) => AccountRow.Read(row, Named(row), store.Keys.Hasher);

    private static AccountId Named(TableEntity row) =>
        AccountId.TryParse(row.GetString(AccountRow.Account), out var account)
            ? account
            : throw new PageCorruptException("state row", "it names no account");

    private async Task<AccountDocument> WholeAsync(AccountDocument account, List<byte[]> pages, CancellationToken cancellationToken)
    {
        try
        {
            return Join(account, pages);
        }
        catch (PageException)
        {
            // Somebody wrote between two pages of the scan: one consistent read of this account settles it.
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.LoadAsync(account.State.Account, AccountSettler.TiePages, cancellationToken);
            }
            catch (PageMismatchException) when (attempt < Attempts)
            {
                // And somebody wrote again.
            }
        }
    }

    private static AccountDocument Join(AccountDocument account, List<byte[]> pages)
    {
        List<PageName> names =
        [
            .. StatePacking.PagesOf(account.State).Where(p => p.Key.Kind == PageKind.Ties && !p.Value.IsLoaded).Select(p => p.Key),
        ];
        if (names.Count != pages.Count)
            throw new PageMismatchException(0);
        return account with
        {
            State = names.Zip(pages).Aggregate(account.State, (state, page) => StatePacking.WithPage(state, page.First, page.Second)),
        };
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Accounts} accounts of the shards {First} to {Last} are damaged and left out. A verification names them."
    )]
    private static partial void LeftOut(ILogger logger, int accounts, int first, int last);
}
