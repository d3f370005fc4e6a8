namespace Influence.Connectors;

/// <summary>A request from a social tool.</summary>
/// <param name="Body">The raw bytes, as signed; empty for a GET.</param>
/// <param name="Header">A header by its name in any case; null when absent.</param>
/// <param name="Query">A query parameter by its name, decoded; null when absent.</param>
public sealed record Delivery(ReadOnlyMemory<byte> Body, Func<string, string?> Header, Func<string, string?> Query);
