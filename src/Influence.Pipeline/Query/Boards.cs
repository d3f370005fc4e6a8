namespace Influence.Pipeline;

/// <summary>Reads published boards.</summary>
public sealed class Boards(Deployment deployment)
{
    /// <summary>Most rows of one page.</summary>
    public const int MaxTop = 1000;

    private readonly BoardReader reader = new(deployment.Leaderboards);

    /// <summary>Every board with its days.</summary>
    public async Task<BoardList> ListAsync(CancellationToken stop)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(stop);
        return new BoardList(await reader.BoardsAsync(stop));
    }

    /// <summary>A page of a board; null when there is no such board or it was not published that day.</summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="top">How many rows, 1 to <see cref="MaxTop"/>.</param>
    /// <param name="after">The rank after which the page begins, 0 for the first page.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<BoardPage?> FindAsync(string board, DateOnly? date, int top, int after, CancellationToken stop)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(stop);
        if ((date ?? await reader.LatestAsync(board, stop)) is not { } day || await reader.MetaAsync(board, day, stop) is not { } meta) return null;
        var last = (int)Math.Min((long)after + top, meta.Rows);
        var rows = after < last ? await reader.RowsAsync(board, day, after + 1, last, stop) : [];
        // A board published while its day still ran is published again when the day is over.
        var isFinal = meta.AsOf >= new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return new BoardPage(board, day, meta.AsOf, meta.Total, rows, null) { IsFinal = isFinal, Next = last < meta.Rows ? last : 0 };
    }
}
