using Influence.Pages.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /profiles/{id}/image.png</c>: what a shared link shows.</summary>
public sealed class GetProfileImage(PageEndpoint pages, ProfileReadings readings, ExplanationQueries explanations, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfileImage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{id}/image.png")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var since = SinceQuery.Default(explanations.Today);
        if (await readings.FindAsync(account, since, request.HttpContext.RequestAborted) is not { } found)
            return AccountParameter.Unknown();
        // Of somebody without a score there is none: the lowest one would not be true.
        if (found.Value.Card.OnlyEngages == true)
            return AccountParameter.Unknown();
        if (found.Value.Card.Badge == false)
            return BadgeEndpoint.None();
        var (card, history) = (found.Value.Card, found.Value.History);
        return await pages.PictureAsync(
            request,
            card,
            found.FreshSeconds,
            language => ShareImage.Draw(card.Rounded(), [.. history?.Days.Select(d => d.Score) ?? []], language)
        );
    }
}
