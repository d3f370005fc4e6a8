using Influence.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary><c>GET /api/v1/leaderboards</c>: the boards and their days.</summary>
public sealed class ListLeaderboards(Boards boards, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(ListLeaderboards))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/leaderboards")] HttpRequest request, CancellationToken stop) =>
        guard.RunAsync(async () =>
            Reply.Json(StatusCodes.Status200OK, await boards.ListAsync(stop), ApiJson.Readable.BoardList).With("Cache-Control", "public, max-age=60"), stop);
}
