using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles/{id}/explanation?since=</c>: why a score is what it is, and why it moved.</summary>
public sealed class GetExplanation(ExplanationQueries explanations, AccountForms forms)
{
    private const int DefaultDays = 7;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetExplanation))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}/explanation")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var (today, asked) = (explanations.Today, (string?)request.Query["since"]);
        var since = today.AddDays(-DefaultDays);
        if (
            !string.IsNullOrEmpty(asked)
            && (
                !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out since)
                || since >= today
                || since < today.AddDays(-ExplanationQueries.MaxDays)
            )
        )
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                $"'since' must be a day like 2026-01-31, one of the {ExplanationQueries.MaxDays} days before today (UTC)."
            );
        return await explanations.ExplainAsync(account, since, request.HttpContext.RequestAborted) is { } found
            ? Reply.Json(StatusCodes.Status200OK, found.Value, ApiJson.Readable.Explanation).KeptFor(found.FreshSeconds)
            : AccountParameter.Unknown();
    }
}
