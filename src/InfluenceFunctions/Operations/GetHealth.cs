using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/health</c></summary>
public sealed class GetHealth(Health health)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetHealth))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request
    )
    {
        var report = await health.CheckAsync(request.HttpContext.RequestAborted);
        var status = report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Reply.Json(status, report, ApiJson.Readable.HealthReport).With("Cache-Control", "no-store");
    }
}
