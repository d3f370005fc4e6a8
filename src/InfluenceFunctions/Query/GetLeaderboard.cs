using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards/{board}?date=latest&amp;top=100&amp;cursor=</c>: a stretch of a board.</summary>
public sealed class GetLeaderboard(BoardQueries boards, PublicUrl url, Guard guard)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetLeaderboard))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/leaderboards/{board}")] HttpRequest request,
        string board,
        CancellationToken cancellationToken
    ) =>
        guard.RunAsync(
            async () =>
            {
                var (query, wrong) = BoardQuery.Read(request.Query);
                if (query is null)
                    return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
                foreach (var name in PathId.Candidates(board))
                {
                    if (await boards.FindAsync(name, query.Date, query.Top, query.Cursor, cancellationToken) is { } page)
                        return Reply
                            .Json(StatusCodes.Status200OK, page with { NextLink = Next(request, page, query) }, ApiJson.Readable.BoardPage)
                            .With(
                                "Cache-Control",
                                query.Date is not null && page.IsFinal ? "public, max-age=31536000, immutable" : "public, max-age=60"
                            );
                }

                return Reply.Problem(
                    StatusCodes.Status404NotFound,
                    "unknown_leaderboard",
                    "There is no such board, or it was not published for this day."
                );
            },
            cancellationToken
        );

    // The next page is of the same day and edition, though another one be published in between.
    private string? Next(HttpRequest request, BoardPage page, BoardQuery query) =>
        page.Next == 0
            ? null
            : url.Of(
                request,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"leaderboards/{Uri.EscapeDataString(page.Board)}?date={page.Date:yyyy-MM-dd}&top={query.Top}&cursor={new BoardCursor(page.Next, page.Edition)}"
                )
            );
}
