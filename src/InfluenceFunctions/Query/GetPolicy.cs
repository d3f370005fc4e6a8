using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/policy</c>: every number of the formula in force.</summary>
public sealed class GetPolicy
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetPolicy))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/policy")] HttpRequest request) =>
        Reply.Json(StatusCodes.Status200OK, PolicyContract.Current, ApiJson.Readable.PolicyReport).KeptFor(3600);
}
