using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Ingest;

/// <summary><c>POST /api/v1/imports</c>: interactions up to 400 days old, with the operator's key.</summary>
/// <remarks>A function of its own, since the host gives a function one level of authorization.</remarks>
public sealed class TakeImport(IngestEndpoint endpoint)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(TakeImport))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/v1/imports")] HttpRequest request) =>
        endpoint.TakeAsync(request, FactKind.Interactions, isImport: true);
}
