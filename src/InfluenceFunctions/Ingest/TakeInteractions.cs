using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>POST /api/v1/interactions</c></summary>
public sealed class TakeInteractions(IngestEndpoint endpoint)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeInteractions))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/v1/interactions")] HttpRequest request
    ) => endpoint.TakeAsync(request, FactKind.Interactions);
}
