using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.OpenApi;

/// <summary><c>GET /api/openapi.json</c>: the API described, in OpenAPI 3.1.</summary>
public sealed class GetOpenApi(ApiDocument document)
{
    private const int KeptSeconds = 300;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetOpenApi))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        new Reply(StatusCodes.Status200OK, document.Of(request), "application/json; charset=utf-8").KeptFor(KeptSeconds);
}
