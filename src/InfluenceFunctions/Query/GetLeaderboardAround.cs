using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards/{board}/around/{id}?date=latest&amp;span=5</c>: someone's place and neighbours.</summary>
public sealed class GetLeaderboardAround(BoardQueries boards, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetLeaderboardAround))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/leaderboards/{board}/around/{id}")] HttpRequest request,
        string board,
        string id,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
            {
                var (query, wrong) = BoardQuery.Read(request.Query);
                if (query is null)
                    return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
                var accounts = PathId.Candidates(id).Where(c => AccountId.TryParse(c, out _)).Select(AccountId.Parse).ToList();
                if (accounts.Count == 0)
                    return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_account", $"The id is not an account. {AccountId.Rule}");
                foreach (var name in PathId.Candidates(board))
                foreach (var account in accounts)
                    if (await boards.AroundAsync(name, query.Date, account, query.Span, cancellationToken) is { } around)
                        return Reply
                            .Json(StatusCodes.Status200OK, around, ApiJson.Readable.BoardAround)
                            .With("Cache-Control", "public, max-age=60");
                return Reply.Problem(
                    StatusCodes.Status404NotFound,
                    "not_ranked",
                    "There is no such board for this day, or it does not rank this profile."
                );
            },
            cancellationToken
        );
}
