using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Badges;

/// <summary><c>GET /api/v1/profiles/{id}/badge.json?label=</c>: the same for shields.io's endpoint badge.</summary>
public sealed class GetBadgeJson(BadgeEndpoint badges)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetBadgeJson))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}/badge.json")] HttpRequest request,
        string id
    ) =>
        badges.AnswerAsync(
            request,
            id,
            (query, score) =>
                Reply.Json(StatusCodes.Status200OK, new Badge(1, query.Label, score, BadgeImage.Colour), ApiJson.Readable.Badge)
        );
}
