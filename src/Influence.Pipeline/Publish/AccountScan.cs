using Azure.Data.Tables;
using Influence.Scoring;

namespace Influence.Pipeline;

/// <summary>Reads the summary of every account of a range of shards, page by page.</summary>
internal static class AccountScan
{
    private static readonly string[] Columns = ["V", AccountRow.Account, AccountRow.Summary];

    /// <summary>The states of all accounts of the shards from <paramref name="first"/> to before <paramref name="end"/>, 0–256, no page loaded.</summary>
    /// <remarks>A scan of that part of the table; the client follows both continuation keys.</remarks>
    public static async IAsyncEnumerable<AccountState> SummariesAsync(
        TableClient accounts, KeyHasher keys, int first, int end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var (from, to) = (AccountPartition.Start(first), AccountPartition.Start(end));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and RowKey eq {AccountRow.StateKey}");
        await foreach (var row in accounts.QueryAsync<TableEntity>(filter, maxPerPage: 1000, Columns, stop))
            yield return AccountRow.ReadSummary(row, AccountId.Parse(row.GetString(AccountRow.Account)), keys);
    }
}
