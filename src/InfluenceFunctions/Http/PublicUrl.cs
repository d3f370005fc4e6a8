using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace InfluenceFunctions.Http;

/// <summary>Absolute links of the API: by setting <c>PublicUrl</c> behind a proxy, else by the address the caller used.</summary>
public sealed class PublicUrl(IConfiguration configuration)
{
    internal string Of(HttpRequest request, string pathAndQuery)
    {
        var root = configuration["PublicUrl"] is { Length: > 0 } url
            ? url.TrimEnd('/')
            : $"{request.Scheme}://{request.Host}{request.PathBase}";
        return $"{root}/api/v1/{pathAndQuery}";
    }
}
