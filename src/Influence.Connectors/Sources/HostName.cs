namespace Influence.Connectors.Sources;

/// <summary>The host of a web address: it tells people of one server from those of another.</summary>
internal static class HostName
{
    /// <summary>The host, in lower case and as IDNA; null where the text is no web address.</summary>
    /// <remarks>With a port that is not the usual one.</remarks>
    public static string? Of(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http") && uri.IdnHost.Length > 0
            ? $"{uri.IdnHost.ToLowerInvariant()}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}
