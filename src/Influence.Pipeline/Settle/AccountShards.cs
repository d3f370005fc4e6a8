using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Settle;

/// <summary>The Accounts table by ranges of shards.</summary>
/// <remarks>Every scan reads a part of the table from end to end; the client follows both continuation keys.</remarks>
internal sealed partial class AccountShards(
    TableClient table,
    AccountKeys keys,
    OptimisticConcurrency concurrency,
    ILogger<AccountShards> logger
) : IAccountShards
{
    private const int Attempts = 3;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "V", AccountRow.Account, AccountRow.Summary];
    private static readonly string[] WithTies = [.. Columns, nameof(PageKind.Ties), AccountRow.Page];

    private readonly AccountStore store = new(table, keys);
    private readonly AccountSettler settler = new(new AccountStore(table, keys), keys, concurrency, logger);

    public async IAsyncEnumerable<AccountState> SummariesAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (from, to) = (AccountKeys.Start(range.First), AccountKeys.Start(range.End));
        var (first, last) = (AccountKeys.FirstState, AccountKeys.EndOfStates);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and RowKey ge {first} and RowKey lt {last}"
        );
        var damage = new ScanDamage();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, Columns, cancellationToken))
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

    public Task<AccountState> RecomputeAsync(
        AccountDocument scanned,
        IVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    ) => settler.RecomputeAsync(scanned, votes, run, cancellationToken);

    private async IAsyncEnumerable<AccountDocument> ScanAsync(
        ShardRange range,
        string[]? columns,
        Func<TableEntity, AccountDocument> read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (from, to) = (AccountKeys.Start(range.First), AccountKeys.Start(range.End));
        // The state row comes before its pages of ties.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and RowKey ge {AccountKeys.FirstState} and RowKey lt {AccountKeys.EndOfTies}"
        );
        var (damage, pages) = (new ScanDamage(), new List<byte[]>());
        AccountDocument? account = null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, cancellationToken))
        {
            if (!AccountKeys.IsState(row.RowKey))
            {
                pages.Add(row.GetBinary(AccountRow.Page));
                continue;
            }

            if (await damage.TryAsync(account, a => WholeAsync(a, pages, cancellationToken)) is { } before)
                yield return before;
            account = damage.Try(row, read);
            pages.Clear();
        }

        if (await damage.TryAsync(account, a => WholeAsync(a, pages, cancellationToken)) is { } last)
            yield return last;
        if (damage.Assess() is var lost and > 0)
            LeftOut(logger, lost, range.First, range.End - 1);
    }

    private AccountState Summary(TableEntity row) => AccountRow.ReadSummary(row, Named(row), keys.Hasher);

    private AccountDocument Ties(TableEntity row) => new(AccountRow.ReadTies(row, Summary(row)), row.ETag, new HashSet<PageKind>());

    private AccountDocument Document(TableEntity row) => AccountRow.Read(row, Named(row), keys.Hasher);

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
