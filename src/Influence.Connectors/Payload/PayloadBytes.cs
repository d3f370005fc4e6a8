using System.Net;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Payload;

/// <summary>JSON in bodies that are not just JSON: after a byte order mark, in a form, a value a line.</summary>
public static class PayloadBytes
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The body without the byte order mark that some tools begin it with.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    /// <summary>The body when it is JSON; else the decoded value of the field <c>payload</c>, or of the only field.</summary>
    public static ReadOnlyMemory<byte> JsonInForm(ReadOnlyMemory<byte> body)
    {
        var trimmed = body.Span.TrimStart(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed[0] is (byte)'{' or (byte)'[')
            return body;
        var fields = Encoding.UTF8.GetString(trimmed).Split('&', 64);
        var field = fields.FirstOrDefault(f => f.StartsWith("payload=", StringComparison.Ordinal)) ?? (fields.Length == 1 ? fields[0] : "");
        return Encoding.UTF8.GetBytes(WebUtility.UrlDecode(field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }

    /// <summary>A body of one JSON value a line (NDJSON) as one array; any other body as it is.</summary>
    /// <exception cref="JsonException">It does not begin with a JSON value.</exception>
    public static ReadOnlyMemory<byte> ArrayOfLines(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { AllowMultipleValues = true });
        if (!reader.Read() || !reader.TrySkip() || body.Span[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty)
            return body;
        using var array = new MemoryStream(body.Length + 2);
        array.WriteByte((byte)'[');
        foreach (var range in body.Span.Split((byte)'\n'))
        {
            var line = body.Span[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            if (array.Length > 1)
                array.WriteByte((byte)',');
            array.Write(line);
        }

        array.WriteByte((byte)']');
        return array.ToArray();
    }
}
