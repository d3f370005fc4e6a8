using System.Text.Unicode;

namespace Influence.Replay.Readers;

/// <summary>
/// Splits a UTF-8 file into its lines, as bytes: what is posted as it is must not pass through strings. Blank lines are left out.
/// </summary>
internal static class LineReader
{
    /// <summary>Longest line: what fits into one request.</summary>
    public const int MaxLine = 1024 * 1024 - 64;

    /// <summary>Each line with its number, from 1.</summary>
    public static IEnumerable<(int Number, byte[] Line)> Read(Stream stream, string file)
    {
        var buffer = new byte[64 * 1024];
        var (start, end, number) = (0, 0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && Fill(stream, ref buffer, ref start, ref end))
                continue;
            if (length < 0 && start == end)
                yield break;
            if (length < 0)
                length = end - start;
            number++;
            if (length > MaxLine)
                throw new BadLineException(file, number, "the line is longer than a request may be (1 MiB)");
            var line = buffer.AsSpan(start, length).Trim(" \t\r"u8).ToArray();
            start = Math.Min(end, start + length + 1);
            if (number == 1 && line.AsSpan().StartsWith(ByteOrderMark))
                line = line[ByteOrderMark.Length..];
            if (!Utf8.IsValid(line))
                throw new BadLineException(file, number, "the line is not UTF-8");
            if (line.Length > 0)
                yield return (number, line);
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // A line too long for any request is not read to its end.
    private static bool Fill(Stream stream, ref byte[] buffer, ref int start, ref int end)
    {
        if (end - start > MaxLine)
            return false;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
