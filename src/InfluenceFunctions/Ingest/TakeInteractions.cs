using Influence.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary><c>POST /api/v1/interactions</c></summary>
public sealed class TakeInteractions(FactsDoor door)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeInteractions))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/interactions")] HttpRequest request, CancellationToken stop) =>
        door.TakeAsync(request, FactKind.Interactions, stop);
}
