using Azure.Data.Tables;

namespace Influence.Backup.Import;

/// <summary>Writes rows that come in the order of their keys, by entity group transactions.</summary>
/// <remarks>Each row replaces what has its keys, so that the same rows may be written twice.</remarks>
/// <param name="table">The table.</param>
internal sealed class TransactionWriter(TableClient table)
{
    private const int MaxRows = 100;

    // The service takes 4 MiB; the rest is for the envelope of each row, which has its address and headers.
    private const long MaxBytes = 3L << 20;
    private const int Envelope = 2048;

    private readonly List<TableTransactionAction> rows = [];
    private string? partition;
    private long bytes;

    /// <summary>Adds a row; writes those before it when they are enough.</summary>
    /// <returns>How many rows were written.</returns>
    public async Task<int> AddAsync(ReadRow row, CancellationToken cancellationToken)
    {
        var size = row.Bytes + Envelope;
        var isFull = rows.Count == MaxRows || bytes + size > MaxBytes || row.Row.PartitionKey != partition;
        var written = isFull ? await FlushAsync(cancellationToken) : 0;
        partition = row.Row.PartitionKey;
        rows.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowCodec.ForTheClient(row.Row)));
        bytes += size;
        return written;
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>How many rows were written.</returns>
    public async Task<int> FlushAsync(CancellationToken cancellationToken)
    {
        var count = rows.Count;
        // A row of its own may be larger than what fits a transaction with its envelope.
        if (rows is [var only])
            await table.UpsertEntityAsync(only.Entity, TableUpdateMode.Replace, cancellationToken);
        else if (count > 0)
            await table.SubmitTransactionAsync(rows, cancellationToken);
        rows.Clear();
        bytes = 0;
        return count;
    }
}
