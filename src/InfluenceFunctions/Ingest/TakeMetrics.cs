using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>POST /api/v1/metrics</c></summary>
public sealed class TakeMetrics(IngestEndpoint endpoint)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeMetrics))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/v1/metrics")] HttpRequest request) =>
        endpoint.TakeAsync(request, FactKind.Metrics);
}
