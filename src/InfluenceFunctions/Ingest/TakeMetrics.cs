using Influence.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary><c>POST /api/v1/metrics</c></summary>
public sealed class TakeMetrics(FactsDoor door)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeMetrics))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/metrics")] HttpRequest request, CancellationToken stop) =>
        door.TakeAsync(request, FactKind.Metrics, stop);
}
