using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Badges;

/// <summary><c>GET /api/v1/profiles/{id}/badge.svg?label=&amp;style=flat</c>: a badge as a picture.</summary>
public sealed class GetBadge(BadgeEndpoint badges)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetBadge))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}/badge.svg")] HttpRequest request,
        string id
    ) => badges.AnswerAsync(request, id, BadgeEndpoint.Svg);
}
