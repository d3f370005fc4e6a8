using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Backup.Files;

/// <summary>A row of a file, and about how large it is in a request.</summary>
/// <param name="Row">The row.</param>
/// <param name="Bytes">The length of its line: the encoding of a request is of the same kind.</param>
internal readonly record struct ReadRow(TableEntity Row, int Bytes);

/// <summary>Reads a file of rows.</summary>
internal static class PartReader
{
    /// <summary>Its rows, one after the other.</summary>
    /// <exception cref="BackupFailedException">It is not what an export writes; the message names it.</exception>
    public static async IAsyncEnumerable<ReadRow> ReadAsync(
        BackupFolder folder,
        FileFacts facts,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var file = folder.Open(facts.Name);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16);
        var rows = 0L;
        while (await NextAsync(text, facts, cancellationToken) is { } row)
        {
            rows++;
            yield return row;
        }

        if (rows != facts.Rows)
            throw new BackupFailedException($"{facts.Name} is damaged: it has {rows:N0} rows, and the manifest says {facts.Rows:N0}.");
    }

    private static async Task<ReadRow?> NextAsync(StreamReader text, FileFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            return await text.ReadLineAsync(cancellationToken) is { } line
                ? new ReadRow(RowCodec.Read(line.AsMemory()), line.Length)
                : null;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or EndOfStreamException)
        {
            throw new BackupFailedException($"{facts.Name} is damaged: a line of it cannot be read.", e);
        }
    }
}
