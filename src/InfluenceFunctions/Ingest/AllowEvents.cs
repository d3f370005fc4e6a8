using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>OPTIONS /api/v1/interactions</c>: the CloudEvents handshake, by which a sender asks whether it may send.</summary>
/// <remarks>HTTP 1.1 Web Hooks for Event Delivery, 1.0. The sender shows the function key as it will when it sends.</remarks>
public sealed class AllowEvents(WriteAdmission admission)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(AllowEvents))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Function, "options", Route = "api/v1/interactions")] HttpRequest request)
    {
        if (request.Headers["WebHook-Request-Origin"] is not [{ Length: > 0 } origin])
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "missing_origin",
                "The handshake names the sender in the header WebHook-Request-Origin."
            );
        if (admission.RefuseName(request) is { } unnamed)
            return unnamed;
        // It goes back in a header, which carries nothing else.
        if (!origin.All(c => c is > ' ' and <= '~'))
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                "WebHook-Request-Origin must be printable ASCII without spaces. Send an international name in its ASCII form, xn--…"
            );
        return new Reply(StatusCodes.Status200OK, [], "text/plain")
            .With("WebHook-Allowed-Origin", origin)
            .With("WebHook-Allowed-Rate", "*")
            .With("Allow", "POST, OPTIONS");
    }
}
