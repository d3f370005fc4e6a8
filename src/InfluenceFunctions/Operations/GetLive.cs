using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/health/live</c>: the process answers; nothing else is asked.</summary>
public sealed class GetLive
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetLive))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/live")] HttpRequest request) =>
        Reply.Json(StatusCodes.Status200OK, new LiveReport("live"), ApiJson.Readable.LiveReport).With("Cache-Control", "no-store");
}
