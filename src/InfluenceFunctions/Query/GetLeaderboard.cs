using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards/{board}?date=latest&amp;top=100&amp;cursor=</c>: a page of a board.</summary>
public sealed class GetLeaderboard(BoardQueries boards, PublicUrl url)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(GetLeaderboard))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/leaderboards/{board}")] HttpRequest request,
        string board
    )
    {
        var (query, wrong) = BoardQuery.Read(request.Query);
        if (query is null)
            return Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", wrong!);
        var (name, cancellationToken) = (PathId.Read(board), request.HttpContext.RequestAborted);
        if (await boards.FindFreshAsync(name, query.Date, query.Top, query.Cursor, cancellationToken) is not { Value: var slice } found)
            return Reply.Problem(
                StatusCodes.Status404NotFound,
                "unknown_leaderboard",
                "There is no such board, or it was not published for this day."
            );
        var page = slice.Page.Rounded() with { NextLink = Next(request, slice, query) };
        var reply = Reply.Json(StatusCodes.Status200OK, page, ApiJson.Readable.BoardPage);
        // An address that names day and edition means the same, but for names that an erasure took from it.
        return slice.IsPinned && query.Date is not null
            ? reply.With("Cache-Control", "public, max-age=3600")
            : reply.KeptFor(found.FreshSeconds);
    }

    // The next page is of the same day and edition, though another one be published in between.
    private string? Next(HttpRequest request, BoardSlice slice, BoardQuery query)
    {
        if (slice.Next is not { } next)
            return null;
        var (board, date) = (PathId.Write(slice.Page.Board), slice.Page.Date);
        var culture = CultureInfo.InvariantCulture;
        return url.Of(request, string.Create(culture, $"leaderboards/{board}?date={date:yyyy-MM-dd}&top={query.Top}&cursor={next}"));
    }
}
