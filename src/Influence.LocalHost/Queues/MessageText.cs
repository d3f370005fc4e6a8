using System.Text;

namespace Influence.LocalHost.Queues;

/// <summary>Message bodies as host.json's <c>messageEncoding</c> wants them.</summary>
internal static class MessageText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text for the function; null for a body that cannot be decoded.</summary>
    public static string? Decode(string body, bool isBase64)
    {
        if (!isBase64)
            return body;
        try
        {
            return Strict.GetString(Convert.FromBase64String(body));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
