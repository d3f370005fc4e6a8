using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/v1/audiences/notices</c>: accounts whose audience looks made up, for operators.</summary>
public sealed class GetAudienceNotices(AudienceQueries audiences)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetAudienceNotices))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/audiences/notices")] HttpRequest request
    ) =>
        await audiences.FindAsync(request.HttpContext.RequestAborted) is { } report
            ? Reply.Json(StatusCodes.Status200OK, report, ApiJson.Readable.AudienceReport).With("Cache-Control", "no-store")
            : Reply.Problem(StatusCodes.Status404NotFound, "no_settlement", "There are no notices before the first settlement.");
}
