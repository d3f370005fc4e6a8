using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Azure.Data.Tables;

namespace Influence.Backup.Files;

/// <summary>Writes one file of rows: a line each, in gzip.</summary>
internal sealed class PartWriter : IAsyncDisposable
{
    /// <summary>How the files' names end.</summary>
    public const string Extension = ".ndjson.gz";

    private readonly ArrayBufferWriter<byte> line = new();
    private readonly BackupFolder folder;
    private readonly string name;
    private readonly FileStream file;
    private readonly GZipStream gzip;

    /// <summary>Begins a file.</summary>
    public PartWriter(BackupFolder folder, KeyRange range, int number)
    {
        this.folder = folder;
        name = string.Create(CultureInfo.InvariantCulture, $"{range.Table}-{range.Number:000}-{number:000000}{Extension}");
        file = folder.CreateTemporary(name);
        gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>How many rows are in it.</summary>
    public long Rows { get; private set; }

    /// <summary>How large it is before it is compressed.</summary>
    public long PlainBytes { get; private set; }

    /// <summary>How many of its rows were written after the export began.</summary>
    public long ChangedRows { get; private set; }

    /// <summary>The last row's keys.</summary>
    public (string Partition, string Row)? Last { get; private set; }

    /// <summary>Adds a row.</summary>
    public async Task AddAsync(TableEntity row, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        line.ResetWrittenCount();
        RowCodec.Write(line, row);
        line.Write("\n"u8);
        await gzip.WriteAsync(line.WrittenMemory, cancellationToken);
        Last = (row.PartitionKey, row.RowKey);
        Rows++;
        PlainBytes += line.WrittenCount;
        if (row.Timestamp > startedAt)
            ChangedRows++;
    }

    /// <summary>Brings it to the disk and gives it its name.</summary>
    public async Task<FileFacts> FinishAsync(CancellationToken cancellationToken)
    {
        await gzip.DisposeAsync();
        file.Flush(flushToDisk: true);
        await file.DisposeAsync();
        return await folder.FinishAsync(name, Rows, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gzip.DisposeAsync();
        await file.DisposeAsync();
    }
}
