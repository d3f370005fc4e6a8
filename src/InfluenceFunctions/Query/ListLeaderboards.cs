using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards</c>: the boards and their days.</summary>
public sealed class ListLeaderboards(BoardQueries boards, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(ListLeaderboards))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/leaderboards")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
                Reply
                    .Json(StatusCodes.Status200OK, await boards.ListAsync(cancellationToken), ApiJson.Readable.BoardList)
                    .With("Cache-Control", "public, max-age=60"),
            cancellationToken
        );
}
