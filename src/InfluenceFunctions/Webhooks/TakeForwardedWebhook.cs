using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Webhooks;

/// <summary>
/// <c>POST /api/v1/forwarded/{source}</c>: deliveries of sources that cannot sign, forwarded by somebody who has a function key. A function
/// of its own,
/// since the host gives a function one level of authorisation.
/// </summary>
public sealed class TakeForwardedWebhook(WebhookEndpoint door)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeForwardedWebhook))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/forwarded/{source}")] HttpRequest request,
        string source,
        CancellationToken cancellationToken
    ) => door.TakeForwardedAsync(request, source, cancellationToken);
}
