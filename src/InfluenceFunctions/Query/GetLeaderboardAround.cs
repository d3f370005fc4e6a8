using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards/{board}/around/{id}?date=latest&amp;span=5</c>: someone's place and neighbours.</summary>
public sealed class GetLeaderboardAround(BoardQueries boards, AccountForms forms)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetLeaderboardAround))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/leaderboards/{board}/around/{id}")] HttpRequest request,
        string board,
        string id
    )
    {
        var (query, wrong) = BoardQuery.Read(request.Query);
        if (query is null)
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
        if (!AccountParameter.TryRead(forms, id, out var account, out var refused))
            return refused!;
        return
            await boards.AroundAsync(PathId.Read(board), query.Date, account, query.Span, request.HttpContext.RequestAborted) is { } around
            ? Reply
                .Json(StatusCodes.Status200OK, around.Rounded(), ApiJson.Readable.BoardAround)
                .With("Cache-Control", "public, max-age=60")
            : Reply.Problem(
                StatusCodes.Status404NotFound,
                "not_ranked",
                "There is no such board for this day, or it does not rank this profile."
            );
    }
}
