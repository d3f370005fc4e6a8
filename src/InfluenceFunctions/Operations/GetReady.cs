using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/health/ready</c>: readers can be served, whatever the queues do.</summary>
public sealed class GetReady(Health health)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetReady))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/ready")] HttpRequest request
    )
    {
        var report = await health.ReadyAsync(request.HttpContext.RequestAborted);
        var status = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Reply.Json(status, report, ApiJson.Readable.ReadyReport).With("Cache-Control", "no-store");
    }
}
