using System.Net;
using System.Text;

namespace Influence.Connectors.Payload;

/// <summary>JSON in a body that may be a form.</summary>
public static class FormBody
{
    /// <summary>The body when it is JSON; else the decoded value of the field <c>payload</c>, or of the only field.</summary>
    public static ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body)
    {
        var trimmed = body.Span.TrimStart(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed[0] is (byte)'{' or (byte)'[')
            return body;
        var fields = Encoding.UTF8.GetString(trimmed).Split('&', 64);
        var field = fields.FirstOrDefault(f => f.StartsWith("payload=", StringComparison.Ordinal)) ?? (fields.Length == 1 ? fields[0] : "");
        return Encoding.UTF8.GetBytes(WebUtility.UrlDecode(field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }
}
