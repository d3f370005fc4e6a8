using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles/{id}</c>: a score card.</summary>
public sealed class GetProfile(ProfileQueries profiles, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        return await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is { } card
            ? Reply.Json(StatusCodes.Status200OK, card.Value.Rounded(), ApiJson.Readable.ScoreCard).KeptFor(card.FreshSeconds)
            : AccountParameter.Unknown();
    }
}
