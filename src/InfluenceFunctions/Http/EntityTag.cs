using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Whether a caller has what it asks for.</summary>
internal static class EntityTag
{
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));
}
