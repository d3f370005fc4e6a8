using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.OpenApi;

/// <summary><c>GET /docs/{file}</c>: what the reference page is made of, at addresses that change with the bytes.</summary>
public sealed class GetReferenceAsset(ReferenceFiles files)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetReferenceAsset))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/{file}")] HttpRequest request,
        string file
    ) =>
        files.Find(file)
        ?? Reply.Problem(
            StatusCodes.Status404NotFound,
            "unknown_asset",
            "There is no such file. Read the page again: it names the new one."
        );
}
