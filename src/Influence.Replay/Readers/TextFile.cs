using System.IO.Compression;
using System.Text;

namespace Influence.Replay.Readers;

/// <summary>Opens a text file as UTF-8 without a byte order mark: gzip or not, UTF-8 or UTF-16.</summary>
internal static class TextFile
{
    // Names lie: gzip and encodings are told by the first bytes.
    private static readonly (byte[] Mark, Encoding? Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], null),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    // What is told apart only to say what to do about it.
    private static readonly (byte[] Mark, string What)[] Others =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip file, as spreadsheets are too: save the sheet as CSV, or unpack the file"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old spreadsheet: save the sheet as CSV"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstd: unpack it, or pack it with gzip"),
        ([0x42, 0x5A, 0x68], "packed with bzip2: unpack it, or pack it with gzip"),
        ([0xFD, 0x37, 0x7A, 0x58], "packed with xz: unpack it, or pack it with gzip"),
        ("PAR1"u8.ToArray(), "a Parquet file: export it as CSV or NDJSON"),
    ];

    /// <summary>Opens it.</summary>
    /// <exception cref="ReplayFailedException">It is no text.</exception>
    public static Stream Open(string path)
    {
        var beginning = Beginning(path);
        foreach (var (other, what) in Others)
            if (beginning.AsSpan().StartsWith(other))
                throw new ReplayFailedException($"'{path}' is {what}.");
        var (mark, encoding) = Marks.FirstOrDefault(m => beginning.AsSpan().StartsWith(m.Mark), ([], UnmarkedEncoding(beginning)));
        var stream = Unpacked(path);
        try
        {
            stream.ReadExactly(new byte[mark.Length]);
            return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(false));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // UTF-16 without a mark: every other byte of ASCII, with which every log begins, is zero.
    private static Encoding? UnmarkedEncoding(byte[] beginning) =>
        beginning switch
        {
            [not 0, 0, not 0, 0] => Marks[1].Encoding,
            [0, not 0, 0, not 0] => Marks[2].Encoding,
            _ => null,
        };

    private static byte[] Beginning(string path)
    {
        using var stream = Unpacked(path);
        var bytes = new byte[4];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static Stream Unpacked(string path)
    {
        var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        // That a file is cut off is found because the project file switches on strict validation.
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
