using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles?ids=a,b</c>: up to 100 score cards at once.</summary>
/// <remarks>An id that itself holds a comma is asked for by several parameters <c>ids</c>: then none of them is split.</remarks>
public sealed class ListProfiles(ProfileQueries profiles, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(ListProfiles))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles")] HttpRequest request
    )
    {
        var asked = request.Query["ids"];
        string[] ids = [.. (asked.Count > 1 ? asked.OfType<string>() : asked.ToString().Split(',')).Where(i => i.Length > 0)];
        if (ids.Length is 0 or > ProfileQueries.MaxCards)
            return Wrong($"'ids' must name 1 to {ProfileQueries.MaxCards} accounts, with commas between them.");
        var accounts = new List<AccountId>(ids.Length);
        foreach (var id in ids)
        {
            if (!forms.TryParse(id, out var account, out var problem))
                return Reply.Problem(
                    StatusCodes.Status400BadRequest,
                    "invalid_account",
                    $"'ids' holds '{id}', which is not an account. {problem}"
                );
            if (!accounts.Contains(account))
                accounts.Add(account);
        }

        var found = await profiles.FindAllAsync(accounts, request.HttpContext.RequestAborted);
        return Reply.Json(StatusCodes.Status200OK, found.Value.Rounded(), ApiJson.Readable.ScoreCards).KeptFor(found.FreshSeconds);
    }

    private static Reply Wrong(string detail) => Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", detail);
}
