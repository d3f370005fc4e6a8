using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/profiles/{id}/explanation?since=</c>: why a score is what it is, and why it moved.</summary>
public sealed class GetExplanation(ExplanationQueries explanations, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetExplanation))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/profiles/{id}/explanation")] HttpRequest request,
        string id
    )
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        if (!SinceQuery.TryRead(request.Query, explanations.Today, out var since))
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", SinceQuery.Rule);
        return await explanations.ExplainAsync(account, since, request.HttpContext.RequestAborted) is { } found
            ? Reply.Json(StatusCodes.Status200OK, found.Value, ApiJson.Readable.Explanation).KeptFor(found.FreshSeconds)
            : AccountParameter.Unknown();
    }
}
