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

    /// <summary>Opens it.</summary>
    public static Stream Open(string path)
    {
        var beginning = Beginning(path);
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
