using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Storage;

/// <summary>Deletes what a filter finds.</summary>
internal static class TableSweep
{
    private const int AtATime = 16;

    /// <summary>
    /// Deletes every row that a filter finds, each by itself since they lie in partitions of their own; one that is gone already is no
    /// error.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">An OData filter, as <see cref="TableClient.CreateQueryFilter(FormattableString)"/> makes it.</param>
    /// <param name="cancellationToken">Gives up; what is left is found again.</param>
    public static Task DeleteAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(
            rows,
            parallel,
            async (row, cancelled) => await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancelled)
        );
    }
}
