using System.Globalization;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /boards/{board}?date=&amp;cursor=&amp;around=</c>: a page of a board.</summary>
public sealed class GetBoardPage(PageEndpoint pages, BoardQueries boards, AccountForms forms)
{
    private const int RowsShown = 100;
    private const int Neighbours = 3;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetBoardPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "boards/{board}")] HttpRequest request,
        string board
    )
    {
        var (query, _) = BoardQuery.Read(request.Query);
        if (query is null)
            return await pages.ProblemAsync(
                request,
                new ProblemModel(StatusCodes.Status400BadRequest, "invalid_parameter", PathId.Read(board), null)
            );
        var (name, cancellationToken) = (PathId.Read(board), request.HttpContext.RequestAborted);
        var found = await boards.FindFreshAsync(name, query.Date, RowsShown, query.Cursor, cancellationToken);
        if (found is null)
        {
            var days = await boards.DaysAsync(name, cancellationToken);
            return await pages.ProblemAsync(request, new ProblemModel(StatusCodes.Status404NotFound, "unknown_leaderboard", name, days));
        }

        // A search is its own; without one all readers see the same.
        var asked = request.Query["around"].ToString().Trim();
        var address = new PageAddress(
            Addresses.Board(name),
            ("date", query.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("cursor", query.Cursor == default ? null : query.Cursor.ToString()),
            ("around", asked)
        );
        // One rendering is for all who ask at once: a reader who leaves does not end it.
        return await pages.PageAsync(
            request,
            address,
            asked.Length == 0 ? found.Value : query,
            asked.Length == 0 ? found.FreshSeconds : 0,
            async c => await PageEndpoint.Renderer.BoardAsync(await ModelAsync(found.Value, query, asked, CancellationToken.None), c)
        );
    }

    private async Task<BoardModel> ModelAsync(BoardSlice slice, BoardQuery query, string asked, CancellationToken cancellationToken)
    {
        var (page, first) = (slice.Page, query.Cursor.After + 1);
        // A day that the address names has neighbours on both sides; of the latest, the board itself knows the one before.
        var days = query.Date is null ? null : await boards.DaysAsync(page.Board, cancellationToken);
        var (around, problem) = await AroundAsync(page.Board, query.Date, asked, cancellationToken);
        return new BoardModel(
            page.Rounded(),
            first,
            first > 1 ? PageOf(page, Math.Max(0, first - 1 - RowsShown)) : null,
            slice.Next is { } next ? PageOf(page, next.After) : null,
            days is null || (days.Count > 0 && days[^1] == page.Date),
            days is null ? page.Before : days.Where(d => d < page.Date).Select(d => (DateOnly?)d).LastOrDefault(),
            days?.Where(d => d > page.Date).Select(d => (DateOnly?)d).FirstOrDefault(),
            around?.Rounded(),
            asked.Length == 0 ? null : asked,
            problem
        );
    }

    private async Task<(BoardAround? Around, string? Problem)> AroundAsync(
        string board,
        DateOnly? date,
        string asked,
        CancellationToken cancellationToken
    )
    {
        if (asked.Length == 0)
            return (null, null);
        if (!forms.TryParse(asked, out var account, out _))
            return (null, "invalid_account");
        var around = await boards.AroundAsync(board, date, account, Neighbours, cancellationToken);
        return (around, around is null ? "not_ranked" : around.NoRows);
    }

    // The other pages are of the same day and edition, though another one be published in between.
    private static string PageOf(BoardPage page, int after) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Addresses.Board(page.Board, page.Date)}&cursor={new BoardCursor(after, page.Edition)}"
        );
}
