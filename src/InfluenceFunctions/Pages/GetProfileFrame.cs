using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /profiles/{id}/embed</c>: the card in small, for a frame on another site.</summary>
/// <remarks>Where there is none the frame says so: a browser would show an error instead of a page that it may not frame.</remarks>
public sealed class GetProfileFrame(PageEndpoint pages, ProfileQueries profiles, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfileFrame))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{id}/embed")] HttpRequest request,
        string id
    )
    {
        var asked = PathId.Read(id);
        var found = forms.TryParse(asked, out var account, out _)
            ? await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted)
            : null;
        var card = found?.Value is { Badge: not false } wanted ? wanted : null;
        return await pages.FrameAsync(request, new PageAddress(Addresses.Embed(asked)), card, found?.FreshSeconds ?? 0);
    }
}
