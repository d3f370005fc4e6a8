using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Webhooks;

/// <summary><c>POST /api/v1/forwarded/{source}</c>: deliveries of sources that cannot sign, with a function key.</summary>
/// <remarks>A function of its own, since the host gives a function one level of authorization.</remarks>
public sealed class TakeForwardedWebhook(WebhookEndpoint endpoint)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeForwardedWebhook))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/v1/forwarded/{source}")] HttpRequest request,
        string source
    ) => endpoint.TakeForwardedAsync(request, source);
}
