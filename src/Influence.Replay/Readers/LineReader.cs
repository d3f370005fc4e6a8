using System.Text.Unicode;

namespace Influence.Replay.Readers;

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Bytes">Its bytes, in UTF-8, without the line break.</param>
/// <param name="Fault">Why it cannot be read; null where nothing is wrong so far.</param>
internal readonly record struct RawLine(int Number, byte[] Bytes, string? Fault = null);

/// <summary>
/// Splits a UTF-8 file into its lines, as bytes: what is posted as it is must not pass through strings. Blank lines are left out.
/// </summary>
internal static class LineReader
{
    /// <summary>Longest line: what fits into one request.</summary>
    public const int MaxLine = 1024 * 1024 - 64;

    // Of a line that is too long, what is kept to show it.
    private const int Shown = 100;

    /// <summary>Each line that is not blank.</summary>
    public static IEnumerable<RawLine> Read(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var (start, end, number, beginning) = (0, 0, 0, (byte[]?)null);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && end - start > MaxLine)
            {
                // Not kept to its end, which may never come.
                beginning ??= buffer.AsSpan(start, Shown).ToArray();
                start = end;
            }

            if (length < 0 && Fill(stream, ref buffer, ref start, ref end))
                continue;
            if (length < 0 && start == end && beginning is null)
                yield break;
            if (length < 0)
                length = end - start;
            number++;
            var line = buffer.AsSpan(start, length).TrimEnd((byte)'\r').ToArray();
            start = Math.Min(end, start + length + 1);
            if (beginning is not null || length > MaxLine)
                yield return new RawLine(number, beginning ?? line[..Shown], "the line is longer than a request may be (1 MiB)");
            else if (line.AsSpan().IndexOfAnyExcept(" \t"u8) >= 0)
                yield return new RawLine(number, line, Utf8.IsValid(line) ? null : "the line is not UTF-8: save the file as UTF-8");
            beginning = null;
        }
    }

    private static bool Fill(Stream stream, ref byte[] buffer, ref int start, ref int end)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
