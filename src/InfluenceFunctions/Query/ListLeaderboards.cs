using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards</c>: the boards and their days.</summary>
public sealed class ListLeaderboards(BoardQueries boards)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(ListLeaderboards))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/leaderboards")] HttpRequest request
    )
    {
        var list = await boards.ListAsync(request.HttpContext.RequestAborted);
        return Reply.Json(StatusCodes.Status200OK, list, ApiJson.Readable.BoardList).With("Cache-Control", "public, max-age=60");
    }
}
