using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>POST /api/v1/interactions</c></summary>
public sealed class TakeInteractions(IngestEndpoint door)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeInteractions))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/interactions")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.TakeAsync(request, FactKind.Interactions, cancellationToken);
}
