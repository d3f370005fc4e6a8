using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Storage;

/// <summary>Deletes what a filter finds.</summary>
internal static class TableSweep
{
    private const int AtATime = 16;
    private const int MaxAttempts = 20;
    private const int RowsATransaction = 100;

    /// <summary>Deletes every row that a filter finds, each by itself since partitions differ. Idempotent.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">An OData filter, as <see cref="TableClient.CreateQueryFilter(FormattableString)"/> makes it.</param>
    /// <param name="cancellationToken">Gives up; what is left is found again.</param>
    public static Task DeleteAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        var parallel = Parallelism.AtMost(AtATime, cancellationToken);
        return Parallel.ForEachAsync(
            rows,
            parallel,
            async (row, cancelled) => await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancelled)
        );
    }

    /// <summary>Deletes every row of one partition that a filter finds, by entity group transactions. Idempotent.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">An OData filter that names one partition.</param>
    /// <param name="cancellationToken">Gives up; what is left is found again.</param>
    public static async Task DeletePartitionAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DeleteFoundAsync(table, filter, cancellationToken);
                return;
            }
            catch (RequestFailedException e) when (e.Status == 404 && attempt < MaxAttempts)
            {
                // Somebody else deletes the same: what is left is looked for again.
            }
        }
    }

    private static async Task DeleteFoundAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, null, ["PartitionKey", "RowKey"], cancellationToken))
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
        foreach (var chunk in actions.Chunk(RowsATransaction))
            await table.SubmitTransactionAsync(chunk, cancellationToken);
    }
}
