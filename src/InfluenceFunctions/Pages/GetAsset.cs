using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /assets/{name}</c>: what pages are drawn with. A name holds a hash of the content, so that it never changes.</summary>
public sealed class GetAsset
{
    private static readonly Dictionary<string, CodedBody> Bodies = Assets.All.ToDictionary(
        a => a.Name,
        a => new CodedBody(a.Bytes.ToArray()),
        StringComparer.Ordinal
    );

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetAsset))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request,
        string name
    ) =>
        Assets.Find(name) is { } asset
            ? new Reply(StatusCodes.Status200OK, Bodies[name], asset.ContentType).With(
                "Cache-Control",
                "public, max-age=31536000, immutable"
            )
            : Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_asset",
                "There is no such file. Read the page again: it names the new one."
            );
}
