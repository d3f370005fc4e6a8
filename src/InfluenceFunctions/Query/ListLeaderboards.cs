using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Query;

/// <summary><c>GET /api/v1/leaderboards?prefix=&amp;top=100&amp;cursor=</c>: the boards and their days.</summary>
public sealed class ListLeaderboards(BoardQueries boards, PublicUrl url)
{
    private const int DefaultTop = 100;
    private const int MaxPrefix = 200;

    /// <summary>Runs the function.</summary>
    [Function(nameof(ListLeaderboards))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/leaderboards")] HttpRequest request
    )
    {
        var (prefix, after) = (request.Query["prefix"].ToString(), request.Query["cursor"].ToString());
        if (prefix.Length > MaxPrefix)
            return Wrong($"'prefix' must be at most {MaxPrefix} characters: what a board's name begins with, such as topic:.");
        if (!BoardQuery.TryReadNumber(request.Query["top"], DefaultTop, 1, BoardQueries.MaxTop, out var top))
            return Wrong($"'top' must be a whole number from 1 to {BoardQueries.MaxTop}.");
        var all = await boards.ListAsync(request.HttpContext.RequestAborted);
        var named = all.Leaderboards.Where(b =>
            b.Board.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(b.Board, after) > 0
        );
        var (page, rest) = (named.Take(top).ToList(), named.Skip(top).Any());
        var list = new BoardList(page, rest ? url.Of(request, Next(prefix, top, page[^1].Board)) : null);
        return Reply.Json(StatusCodes.Status200OK, list, ApiJson.Readable.BoardList).KeptFor(60);
    }

    // A cursor is the last name of the page: boards that come or go in between move no other.
    private static string Next(string prefix, int top, string last) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"leaderboards?prefix={Uri.EscapeDataString(prefix)}&top={top}&cursor={Uri.EscapeDataString(last)}"
        );

    private static Reply Wrong(string detail) => Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", detail);
}
