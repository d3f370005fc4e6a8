using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Backup.Storage;

/// <summary>Reads tables by keys, a page at a time.</summary>
internal static class TableRows
{
    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    /// <summary>The rows of a range, from its beginning or after a row.</summary>
    /// <remarks>
    /// To go on after a row takes two queries: the rest of its partition, then the partitions after it. Both at once, with "or", would make
    /// the service read the table from its beginning.
    /// </remarks>
    public static async IAsyncEnumerable<TableEntity> RangeAsync(
        TableClient table,
        KeyRange range,
        (string Partition, string Row)? after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (after is { } last)
        {
            var rest = TableClient.CreateQueryFilter($"PartitionKey eq {last.Partition} and RowKey gt {last.Row}");
            await foreach (var row in QueryAsync(table, rest, null, cancellationToken))
                yield return row;
        }

        var filter = Partitions(after?.Partition ?? range.After, range.Through);
        await foreach (var row in QueryAsync(table, filter, null, cancellationToken))
            yield return row;
    }

    /// <summary>The first partition after one; null at the end.</summary>
    public static async Task<string?> NextPartitionAsync(TableClient table, string? after, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(Partitions(after, null), maxPerPage: 1, KeysOnly, cancellationToken);
        await foreach (var row in rows)
            return row.PartitionKey;
        return null;
    }

    /// <summary>Whether a table has a row; one that is not there has none.</summary>
    public static async Task<bool> AnyAsync(TableClient table, CancellationToken cancellationToken)
    {
        try
        {
            return await NextPartitionAsync(table, null, cancellationToken) is not null;
        }
        catch (RequestFailedException e) when (IsGone(e))
        {
            return false;
        }
    }

    /// <summary>Whether a table, or what was asked of it, is not there, or not for long.</summary>
    public static bool IsGone(RequestFailedException e) => e.Status == 404 || e.ErrorCode == TableErrorCode.TableBeingDeleted;

    /// <summary>The keys of all rows that a filter finds.</summary>
    public static AsyncPageable<TableEntity> KeysAsync(TableClient table, string? filter, CancellationToken cancellationToken) =>
        QueryAsync(table, filter, KeysOnly, cancellationToken);

    private static AsyncPageable<TableEntity> QueryAsync(
        TableClient table,
        string? filter,
        string[]? columns,
        CancellationToken cancellationToken
    ) => table.QueryAsync<TableEntity>(filter, null, columns, cancellationToken);

    private static string? Partitions(string? after, string? through) =>
        (after, through) switch
        {
            (null, null) => null,
            (null, { } to) => TableClient.CreateQueryFilter($"PartitionKey le {to}"),
            ({ } from, null) => TableClient.CreateQueryFilter($"PartitionKey gt {from}"),
            ({ } from, { } to) => TableClient.CreateQueryFilter($"PartitionKey gt {from} and PartitionKey le {to}"),
        };
}
