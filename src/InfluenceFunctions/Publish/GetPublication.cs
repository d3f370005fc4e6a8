using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary><c>GET /api/v1/leaderboards/publications/{id}</c>: the status monitor of a publication.</summary>
public sealed class GetPublication(Publisher publish, PublicUrl url)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetPublication))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/leaderboards/publications/{id}")] HttpRequest request,
        string id
    )
    {
        if (await publish.FindAsync(id, request.HttpContext.RequestAborted) is not { } publication)
            return Reply.Problem(StatusCodes.Status404NotFound, "unknown_publication", "There is no publication of this id.");
        var status = url.Of(request, $"leaderboards/publications/{Uri.EscapeDataString(publication.Id)}");
        return Reply
            .Json(StatusCodes.Status200OK, publication with { StatusUrl = status }, ApiJson.Readable.Publication)
            .With("Cache-Control", "no-store");
    }
}
