using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Pages of activity in the Settlements table.</summary>
/// <remarks>
/// Partition <c>{publication}|activity|{edition}</c>: rows <c>p|{index}</c>, a page each, named by the leading bits of its actors' keys;
/// rows <c>m|{part}</c>, the keys of the Journal's rows that were folded into them. An empty page is never stored.
/// </remarks>
internal sealed class ActivityPages(TableClient table)
{
    /// <summary>What the names of a publication's pages begin with.</summary>
    public const string PartPrefix = "activity|";

    private const int RowsATransaction = 100;
    private const int MaxTransactionBytes = 3_500_000;

    /// <summary>The page that an actor would be on; null where there is none.</summary>
    public async Task<List<KeyValuePair<ulong, Activity>>?> FindAsync(
        ActivityPointer pages,
        ulong actor,
        CancellationToken cancellationToken
    )
    {
        var index = ActivityPage.IndexOf(actor, pages.Bits);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(pages), PageKey(index), cancellationToken: cancellationToken);
        return row.HasValue ? ActivityPage.Read(RowBytes.Of(row.Value!), index, pages.Bits) : null;
    }

    /// <summary>The pages that hold the actors between two keys, both inclusive, in order.</summary>
    public async IAsyncEnumerable<(uint Index, byte[] Packed)> ScanAsync(
        ActivityPointer pages,
        ulong first,
        ulong last,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var partition = PartitionOf(pages);
        var from = PageKey(ActivityPage.IndexOf(first, pages.Bits));
        var to = PageKey(ActivityPage.IndexOf(last, pages.Bits));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return (Convert.ToUInt32(row.RowKey[2..], 16), RowBytes.Of(row));
    }

    /// <summary>Writes pages, many in a transaction.</summary>
    public async Task WriteAsync(
        ActivityPointer pages,
        IEnumerable<(uint Index, byte[] Packed)> packed,
        CancellationToken cancellationToken
    )
    {
        var (actions, bytes) = (new List<TableTransactionAction>(), 0);
        foreach (var (index, page) in packed)
        {
            var size = 600 + (page.Length * 4 / 3);
            if (actions.Count == RowsATransaction || (actions.Count > 0 && bytes + size > MaxTransactionBytes))
            {
                await table.SubmitTransactionAsync(actions, cancellationToken);
                (actions, bytes) = ([], 0);
            }

            actions.Add(Put(pages, PageKey(index), page));
            bytes += size;
        }

        if (actions.Count > 0)
            await table.SubmitTransactionAsync(actions, cancellationToken);
    }

    /// <summary>Notes which rows of the Journal are in the pages.</summary>
    public async Task WriteRowsAsync(ActivityPointer pages, IEnumerable<JournalRow> rows, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => $"{r.Partition} {r.Row}")));
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        if (!BrotliEncoder.TryCompress(text, packed, out var length, 4, 22))
            throw new InvalidOperationException($"{text.Length} bytes of keys were not compressed.");
        foreach (var (part, bytes) in packed[..length].Chunk(RowBytes.Max).Index())
            await table.SubmitTransactionAsync([Put(pages, RowsKey(part), bytes)], cancellationToken);
    }

    /// <summary>What <see cref="WriteRowsAsync"/> noted.</summary>
    public async Task<List<JournalRow>> ReadRowsAsync(ActivityPointer pages, CancellationToken cancellationToken)
    {
        var (partition, from, to) = (PartitionOf(pages), "m|", "m}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        using var packed = new MemoryStream();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            packed.Write(RowBytes.Of(row));
        packed.Position = 0;
        using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        var rows = new List<JournalRow>();
        while (packed.Length > 0 && await text.ReadLineAsync(cancellationToken) is { } line)
            rows.Add(
                new JournalRow(
                    line[..line.IndexOf(' ', StringComparison.Ordinal)],
                    line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..],
                    0
                )
            );
        return rows;
    }

    /// <summary>Deletes an edition of the pages.</summary>
    public Task DeleteAsync(ActivityPointer pages, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(pages);
        return TableSweep.DeletePartitionAsync(
            table,
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"p|"} and RowKey lt {"p}"}"),
            cancellationToken
        );
    }

    private static TableTransactionAction Put(ActivityPointer pages, string key, byte[] bytes)
    {
        var row = new TableEntity(PartitionOf(pages), key);
        RowBytes.Put(row, bytes);
        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }

    private static string PartitionOf(ActivityPointer pages) => $"{TableKey.Encode(pages.Publication)}|{PartPrefix}{pages.Edition}";

    private static string PageKey(uint index) => $"p|{index.ToString("x6", CultureInfo.InvariantCulture)}";

    private static string RowsKey(int part) => $"m|{part.ToString("D4", CultureInfo.InvariantCulture)}";
}
