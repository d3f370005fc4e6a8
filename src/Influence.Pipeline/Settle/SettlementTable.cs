using System.Globalization;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>
/// Partial results in the Settlements table, layout 1. Partition <c>{publication}|{name}</c>: row <c>0</c> with <c>Parts</c>, the number of
/// rows, and rows
/// <c>1</c>, <c>2</c> … beside it; each row holds up to 720 KiB in <c>B0</c>, <c>B1</c> …
/// </summary>
internal sealed class SettlementTable(TableClient table) : ISettlementData
{
    // A property holds 64 KiB, a row 1 MiB, which Azurite counts as base64.
    private const int PropertyBytes = 60 * 1024;
    private const int Properties = 12;
    private const int RowBytes = PropertyBytes * Properties;

    public async Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken)
    {
        var parts = Math.Max(1, (data.Length + RowBytes - 1) / RowBytes);
        // The first row last: where it is, the others are.
        for (var part = parts - 1; part >= 0; part--)
            await table.UpsertEntityAsync(Row(Partition(publication, name), part, parts, data), TableUpdateMode.Replace, cancellationToken);
    }

    public async Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken)
    {
        var first = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition(publication, name),
            Key(0),
            cancellationToken: cancellationToken
        );
        if (!first.HasValue)
            return null;
        var parts = first.Value!.GetInt32("Parts") ?? 1;
        var others = await Task.WhenAll(
            Enumerable
                .Range(1, parts - 1)
                .Select(part =>
                    table.GetEntityAsync<TableEntity>(Partition(publication, name), Key(part), cancellationToken: cancellationToken)
                )
        );
        return [.. others.Select(o => o.Value).Prepend(first.Value).SelectMany(Blocks).SelectMany(b => b)];
    }

    /// <summary>Deletes everything of a publication.</summary>
    public Task DeleteAsync(string publication, CancellationToken cancellationToken)
    {
        var (from, to) = (Partition(publication, ""), $"{TableKey.Encode(publication)}}}");
        return TableSweep.DeleteAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"),
            cancellationToken
        );
    }

    private static TableEntity Row(string partition, int part, int parts, byte[] data)
    {
        var row = new TableEntity(partition, Key(part)) { ["V"] = 1, ["Parts"] = parts };
        var bytes = data.AsSpan(part * RowBytes, Math.Min(RowBytes, data.Length - (part * RowBytes)));
        for (var i = 0; !bytes.IsEmpty; i++)
        {
            var length = Math.Min(PropertyBytes, bytes.Length);
            row[$"B{i}"] = bytes[..length].ToArray();
            bytes = bytes[length..];
        }

        return row;
    }

    private static IEnumerable<byte[]> Blocks(TableEntity row)
    {
        for (var i = 0; i < Properties && row.GetBinary($"B{i}") is { } block; i++)
            yield return block;
    }

    private static string Partition(string publication, string name) => $"{TableKey.Encode(publication)}|{name}";

    private static string Key(int part) => part.ToString(CultureInfo.InvariantCulture);
}
