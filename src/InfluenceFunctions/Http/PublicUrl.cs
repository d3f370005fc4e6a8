using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace InfluenceFunctions.Http;

/// <summary>Addresses of this app: by setting <c>PublicUrl</c> behind a proxy, else by the address the caller used.</summary>
public sealed class PublicUrl(IConfiguration configuration)
{
    // A path of PublicUrl is one that the proxy takes off before it asks here.
    private readonly string? set = configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : null;

    /// <summary>The absolute address of the root, without a slash at its end.</summary>
    internal string RootOf(HttpRequest request) => set ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>The path of the root, without a slash at its end; empty for the host's own.</summary>
    internal string BaseOf(HttpRequest request) =>
        set is not null && Uri.TryCreate(set, UriKind.Absolute, out var uri) ? uri.AbsolutePath.TrimEnd('/') : $"{request.PathBase}";

    /// <summary>The absolute address of a call.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pathAndQuery">The call below <c>/api/v1</c>.</param>
    internal string Of(HttpRequest request, string pathAndQuery) => $"{RootOf(request)}/api/v1/{pathAndQuery}";
}
