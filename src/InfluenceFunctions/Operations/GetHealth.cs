using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/health</c></summary>
public sealed class GetHealth(Health health, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetHealth))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
            {
                var report = await health.CheckAsync(cancellationToken);
                var reply = Reply.Json(
                    report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
                    report,
                    ApiJson.Readable.HealthReport
                );
                return reply.With("Cache-Control", "no-store");
            },
            cancellationToken
        );
}
