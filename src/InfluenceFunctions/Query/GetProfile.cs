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
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profiles/{id}")] HttpRequest request,
        string id
    )
    {
        if (!forms.TryParse(PathId.Read(id), out var account, out var problem))
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_account", $"The id is not an account. {problem}");
        return await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is { } card
            ? Reply.Json(StatusCodes.Status200OK, card.Value, ApiJson.Readable.ScoreCard).KeptFor(card.FreshSeconds)
            : Reply.Problem(StatusCodes.Status404NotFound, "unknown_profile", "Nothing is known of this profile.");
    }
}
