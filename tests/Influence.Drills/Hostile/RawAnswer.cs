using System.Globalization;
using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>What came back over a raw connection.</summary>
/// <param name="Status">The HTTP status; 0 where the connection ended without an answer.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">The body as text, not decoded.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    private const string HeadEnd = "\r\n\r\n";

    /// <summary>Reads bytes; null while more are to come.</summary>
    /// <param name="bytes">All that came so far.</param>
    /// <param name="isOver">Whether nothing more comes.</param>
    /// <param name="isHead">Whether the request was HEAD, so that no body comes.</param>
    public static RawAnswer? Read(ReadOnlySpan<byte> bytes, bool isOver, bool isHead)
    {
        var text = Encoding.Latin1.GetString(bytes);
        while (text.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal) && text.Contains(HeadEnd, StringComparison.Ordinal))
            text = text[(text.IndexOf(HeadEnd, StringComparison.Ordinal) + HeadEnd.Length)..];
        var end = text.IndexOf(HeadEnd, StringComparison.Ordinal);
        if (end < 0)
            return isOver ? new RawAnswer(0, text, "") : null;
        var (head, body) = (text[..end], text[(end + HeadEnd.Length)..]);
        var status =
            head.Length > 12 && int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
        var isWhole =
            isOver
            || isHead
            || status is 204 or 304
            || (Header(head, "Content-Length") is { } length && body.Length >= int.Parse(length, CultureInfo.InvariantCulture))
            || (Header(head, "Transfer-Encoding") == "chunked" && body.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
        return isWhole ? new RawAnswer(status, head, body) : null;
    }

    /// <summary>A header's value; null where it is not there.</summary>
    public string? Header(string name) => Header(Head, name);

    private static string? Header(string head, string name) =>
        head.Split("\r\n")
            .Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();
}
