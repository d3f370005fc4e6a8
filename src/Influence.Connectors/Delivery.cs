namespace Influence.Connectors;

/// <summary>A request from a social tool.</summary>
/// <param name="Body">The raw bytes, as signed; empty for a GET.</param>
/// <param name="Header">A header by its name in any case; null when absent.</param>
/// <param name="Query">A query parameter by its name, decoded; null when absent.</param>
public sealed record Delivery(ReadOnlyMemory<byte> Body, Func<string, string?> Header, Func<string, string?> Query);

/// <summary>What a source wants to read, with status 200, before it sends (on).</summary>
/// <param name="ContentType">The content type.</param>
/// <param name="Body">The body.</param>
public sealed record HandshakeReply(string ContentType, string Body)
{
    /// <summary>A bare text.</summary>
    public static HandshakeReply Text(string text) => new("text/plain; charset=utf-8", text);

    /// <summary>A JSON document, already written.</summary>
    public static HandshakeReply Json(string json) => new("application/json; charset=utf-8", json);
}
