using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Strong entity tags: a hash of the bytes, and the coding, since a strong tag names one sequence of bytes.</summary>
internal static class EntityTag
{
    public static EntityTagHeaderValue Of(byte[] body, string? encoding) =>
        new($"\"{Convert.ToHexStringLower(XxHash128.Hash(body))}{(encoding is null ? "" : "-" + encoding)}\"");

    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));
}
