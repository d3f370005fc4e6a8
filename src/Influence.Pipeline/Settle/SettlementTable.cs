using System.Globalization;
using System.IO.Hashing;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Partial results in the Settlements table, layout 2.</summary>
/// <remarks>
/// Partition <c>{publication}|{name}</c>: row <c>head</c> with <c>Version</c>, a hash of the bytes, and <c>Parts</c>, the number of rows;
/// and rows
/// <c>{version}|{part}</c>, each with up to 720 KiB in <c>B0</c>, <c>B1</c> … What is put again under a name is written beside, then the
/// head
/// flips: a reader never mixes two versions.
/// </remarks>
internal sealed class SettlementTable(TableClient table) : ISettlementData
{
    private const string Head = "head";
    private const int ReadsAtATime = 16;

    public async Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken)
    {
        var (partition, version) = (Partition(publication, name), Convert.ToHexStringLower(XxHash128.Hash(data)));
        var parts = Math.Max(1, (data.Length + RowBytes.Max - 1) / RowBytes.Max);
        for (var part = 0; part < parts; part++)
            await table.UpsertEntityAsync(Row(partition, version, part, data), TableUpdateMode.Replace, cancellationToken);
        var head = new TableEntity(partition, Head)
        {
            ["V"] = 2,
            ["Version"] = version,
            ["Parts"] = parts,
        };
        await table.UpsertEntityAsync(head, TableUpdateMode.Replace, cancellationToken);
    }

    public async Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken)
    {
        var partition = Partition(publication, name);
        var head = await table.GetEntityIfExistsAsync<TableEntity>(partition, Head, cancellationToken: cancellationToken);
        if (!head.HasValue)
            return null;
        var version = head.Value!.GetString("Version");
        var parts = new TableEntity?[head.Value.GetInt32("Parts")!.Value];
        var parallel = Parallelism.AtMost(ReadsAtATime, cancellationToken);
        await Parallel.ForAsync(
            0,
            parts.Length,
            parallel,
            async (part, token) =>
            {
                var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, Key(version, part), cancellationToken: token);
                parts[part] = row.HasValue ? row.Value : null;
            }
        );
        // A part that is missing was deleted since its head was read.
        return parts.Contains(null) ? null : [.. parts.SelectMany(p => RowBytes.Blocks(p!)).SelectMany(b => b)];
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

    /// <summary>Puts a part, and deletes what stood under its name before.</summary>
    public async Task ReplaceAsync(string publication, string name, byte[] data, CancellationToken cancellationToken)
    {
        await PutAsync(publication, name, data, cancellationToken);
        var (partition, version) = (Partition(publication, name), Convert.ToHexStringLower(XxHash128.Hash(data)));
        var (from, to) = ($"{version}|", $"{version}}}");
        await TableSweep.DeletePartitionAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ne {Head} and (RowKey lt {from} or RowKey ge {to})"),
            cancellationToken
        );
    }

    /// <summary>Deletes what of a publication has a name that begins so.</summary>
    public Task DeleteAsync(string publication, string prefix, CancellationToken cancellationToken)
    {
        var from = Partition(publication, prefix);
        // '~' is above every character of a name.
        return TableSweep.DeleteAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {from + "~"}"),
            cancellationToken
        );
    }

    private static TableEntity Row(string partition, string version, int part, byte[] data)
    {
        var row = new TableEntity(partition, Key(version, part));
        RowBytes.Put(row, data.AsSpan(part * RowBytes.Max, Math.Min(RowBytes.Max, data.Length - (part * RowBytes.Max))));
        return row;
    }

    private static string Partition(string publication, string name) => $"{TableKey.Encode(publication)}|{name}";

    private static string Key(string version, int part) => string.Create(CultureInfo.InvariantCulture, $"{version}|{part:D4}");
}
