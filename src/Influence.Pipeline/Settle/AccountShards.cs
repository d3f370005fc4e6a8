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

    // The kinds of pages that a scan joins, in the order in which their rows are asked for.
    private static readonly PageKind[] Kinds = [PageKind.Ties, PageKind.Ledger];

    private static class Pages
    {
        public static readonly string[] OfTies = ["t"];
        public static readonly string[] OfTiesAndLedger = ["t", "l"];
    }

    public async IAsyncEnumerable<AccountState> WithTiesAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var document in ScanAsync(range, WithTies, Ties, Pages.OfTies, cancellationToken))
            yield return document.State;
    }

    public IAsyncEnumerable<AccountDocument> DocumentsAsync(ShardRange range, CancellationToken cancellationToken) =>
        ScanAsync(range, null, Document, Pages.OfTiesAndLedger, cancellationToken);

    public Task<IReadOnlyList<AccountState>> RecomputeAsync(
        IReadOnlyList<AccountDocument> scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    ) => settler.RecomputeAsync(scanned, votes, run, cancellationToken);

    // States and their pages lie apart, each kind in the order of keys: scans side by side, merged.
    private async IAsyncEnumerable<AccountDocument> ScanAsync(
        ShardRange range,
        string[]? columns,
        Func<TableEntity, AccountDocument> read,
        string[] kinds,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var damage = new ScanDamage();
        foreach (var segment in store.Keys.SegmentsOf(range))
        {
            await using var pages = new PageScan([.. kinds.Select(k => RowsAsync(k, segment, null, cancellationToken))], cancellationToken);
            await foreach (var row in RowsAsync("s", segment, columns, cancellationToken))
            {
                var own = await pages.OfAsync(row);
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

    private AccountState Summary(TableEntity row) => AccountRow.ReadSummary(row, Named(row), store.Keys.Hasher);

    private AccountDocument Ties(TableEntity row) => new(AccountRow.ReadTies(row, Summary(row)), row.ETag, new HashSet<PageKind>());

    private AccountDocument Document(TableEntity row) => AccountRow.Read(row, Named(row), store.Keys.Hasher);

    private static AccountId Named(TableEntity row) =>
        AccountId.TryParse(row.GetString(AccountRow.Account), out var account)
            ? account
            : throw new PageCorruptException("state row", "it names no account");

    private async Task<AccountDocument> WholeAsync(
        AccountDocument account,
        IReadOnlyList<IReadOnlyList<byte[]>> pages,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return pages.Zip(Kinds).Aggregate(account, (document, kind) => Join(document, kind.Second, kind.First));
        }
        catch (PageException)
        {
            // Somebody wrote between two pages of the scan: one consistent read of this account settles it.
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Without its ledger it is still somebody: it keeps the shares it has. Without its ties it is not.
                PageKind[] kinds = attempt < Attempts ? Kinds[..pages.Count] : [PageKind.Ties];
                return await store.LoadAsync(account.State.Account, s => NamesOf(s, kinds), cancellationToken);
            }
            catch (PageException e) when (attempt < Attempts && (e is PageMismatchException || pages.Count > 1))
            {
                // Somebody wrote again, or a page is damaged.
            }
        }
    }

    private static AccountDocument Join(AccountDocument account, PageKind kind, IReadOnlyList<byte[]> pages)
    {
        List<PageName> names = [.. NamesOf(account.State, [kind])];
        if (names.Count != pages.Count)
            throw new PageMismatchException(0);
        return account with
        {
            State = names.Zip(pages).Aggregate(account.State, (state, page) => StatePacking.WithPage(state, page.First, page.Second)),
        };
    }

    private static IEnumerable<PageName> NamesOf(AccountState state, PageKind[] kinds) =>
        StatePacking.PagesOf(state).Where(p => kinds.Contains(p.Key.Kind) && !p.Value.IsLoaded).Select(p => p.Key);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Accounts} accounts of the shards {First} to {Last} are damaged and left out. A verification names them."
    )]
    private static partial void LeftOut(ILogger logger, int accounts, int first, int last);
}
