using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Profiles;

/// <summary><c>GET /api/v1/erasures/{id}</c>: the status monitor of an erasure.</summary>
public sealed class GetErasure(Erasures erasures, PublicUrl url)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetErasure))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/erasures/{id}")] HttpRequest request,
        string id
    )
    {
        if (await erasures.FindAsync(id, request.HttpContext.RequestAborted) is not { } erasure)
            return Reply.Problem(StatusCodes.Status404NotFound, "unknown_erasure", "There is no erasure of this id.");
        var status = url.Of(request, $"erasures/{Uri.EscapeDataString(erasure.Id)}");
        return Reply
            .Json(StatusCodes.Status200OK, erasure with { StatusUrl = status }, ApiJson.Readable.Erasure)
            .With("Cache-Control", "no-store");
    }
}
