using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles/{id}/history?days=90</c>: a score for every day.</summary>
public sealed class GetHistory(ExplanationQueries explanations, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetHistory))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}/history")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var (days, asked) = (ExplanationQueries.MaxDays, (string?)request.Query["days"]);
        if (
            !string.IsNullOrEmpty(asked)
            && (
                !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out days)
                || days is < 1 or > ExplanationQueries.MaxDays
            )
        )
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                $"'days' must be a whole number from 1 to {ExplanationQueries.MaxDays}."
            );
        return await explanations.HistoryAsync(account, days, request.HttpContext.RequestAborted) is { } found
            ? Reply.Json(StatusCodes.Status200OK, found.Value.Rounded(), ApiJson.Readable.ScoreHistory).KeptFor(found.FreshSeconds)
            : AccountParameter.Unknown();
    }
}
