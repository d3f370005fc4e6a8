namespace Influence.Connectors.Payload;

/// <summary>Hosts of untrusted addresses, in one spelling each.</summary>
internal static class Hosts
{
    /// <summary>The host of a web address; null where the text is none.</summary>
    public static string? Of(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http") ? Of(uri) : null;

    /// <summary>The host in lower case, as in the name service, with the port where it is not the usual one.</summary>
    /// <remarks>Null where there is none, or none with a name that could be known.</remarks>
    public static string? Of(Uri address)
    {
        try
        {
            var host = address.IdnHost.ToLowerInvariant();
            return host.Length == 0 || address.HostNameType == UriHostNameType.IPv6 ? null
                : address.IsDefaultPort ? host
                : $"{host}:{address.Port}";
        }
        catch (UriFormatException)
        {
            // Parsing lets names pass that cannot be encoded, and there is no way to ask.
            return null;
        }
    }
}
