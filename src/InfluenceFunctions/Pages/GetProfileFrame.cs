using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /profiles/{id}/embed</c>: the card in small, for a frame on another site.</summary>
public sealed class GetProfileFrame(PageEndpoint pages, ProfileQueries profiles, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfileFrame))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{id}/embed")] HttpRequest request,
        string id
    )
    {
        if (!forms.TryParse(PathId.Read(id), out var account, out _))
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status400BadRequest, "invalid_account", PathId.Read(id), null)
            );
        if (await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is not { Value.Badge: not false } card)
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status404NotFound, "unknown_profile", account.Value, null)
            );
        return await pages.FrameAsync(
            request,
            card.Value,
            card.FreshSeconds,
            c => PageEndpoint.Renderer.EmbedAsync(card.Value.Rounded(), c)
        );
    }
}
