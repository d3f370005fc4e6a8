using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Strong ETags: a hash of the body, and its content coding.</summary>
/// <remarks>A strong tag names one sequence of bytes, so that a coded body needs one of its own.</remarks>
internal static class EntityTag
{
    public static EntityTagHeaderValue Of(byte[] body, string? encoding) =>
        new($"\"{Convert.ToHexStringLower(XxHash128.Hash(body))}{(encoding is null ? "" : "-" + encoding)}\"");

    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));
}
