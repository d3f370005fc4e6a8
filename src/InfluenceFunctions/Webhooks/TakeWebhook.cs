using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Webhooks;

/// <summary><c>GET</c> and <c>POST /api/v1/webhooks/{source}</c>: a social tool's handshake and signed deliveries.</summary>
/// <remarks>Anonymous for the host, because the signature is the key.</remarks>
public sealed class TakeWebhook(WebhookEndpoint endpoint)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeWebhook))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/webhooks/{source}")] HttpRequest request,
        string source
    ) => endpoint.TakeSignedAsync(request, source);
}
