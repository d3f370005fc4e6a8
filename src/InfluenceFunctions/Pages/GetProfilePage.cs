using System.Globalization;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /profiles/{id}?since=</c>: a score, why it is what it is, and why it moved.</summary>
public sealed class GetProfilePage(PageEndpoint pages, ProfileReadings readings, ExplanationQueries explanations, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetProfilePage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{id}")] HttpRequest request,
        string id
    )
    {
        if (!forms.TryParse(PathId.Read(id), out var account, out _))
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status400BadRequest, "invalid_account", PathId.Read(id), null)
            );
        if (!SinceQuery.TryRead(request.Query, explanations.Today, out var since))
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status400BadRequest, "invalid_parameter", account.Value, null)
            );
        if (await readings.FindAsync(account, since, request.HttpContext.RequestAborted) is not { Value: var reading } found)
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status404NotFound, "unknown_profile", account.Value, null)
            );
        var model = new ProfileModel(
            reading.Card.Rounded(),
            reading.Explanation,
            reading.History?.Rounded(),
            since,
            ExplanationQueries.MaxDays
        );
        var address = new PageAddress(
            Addresses.Profile(account.Value),
            ("since", request.Query["since"].Count > 0 ? since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null)
        );
        return await pages.PageAsync(request, address, reading, found.FreshSeconds, c => PageEndpoint.Renderer.ProfileAsync(model, c));
    }
}
