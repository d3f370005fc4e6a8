using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>OPTIONS /api/v1/interactions</c>: the CloudEvents handshake, by which a sender asks whether it may send.</summary>
/// <remarks>HTTP 1.1 Web Hooks for Event Delivery, 1.0. The sender shows the function key as it will when it sends.</remarks>
public sealed class AllowEvents
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(AllowEvents))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Function, "options", Route = "api/v1/interactions")] HttpRequest request) =>
        request.Headers["WebHook-Request-Origin"] is [{ Length: > 0 } origin]
            ? new Reply(StatusCodes.Status200OK, [], "text/plain")
                .With("WebHook-Allowed-Origin", origin)
                .With("WebHook-Allowed-Rate", "*")
                .With("Allow", "POST, OPTIONS")
            : Reply.Problem(
                StatusCodes.Status400BadRequest,
                "missing_origin",
                "The handshake names the sender in the header WebHook-Request-Origin."
            );
}
