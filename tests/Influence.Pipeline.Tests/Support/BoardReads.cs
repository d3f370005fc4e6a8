namespace Influence.Pipeline.Tests.Support;

/// <summary>Reads boards as most tests do: a page by the position it begins after.</summary>
internal static class BoardReads
{
    public static async Task<BoardPage?> FindAsync(
        this BoardQueries boards,
        string board,
        DateOnly? date,
        int top,
        int after,
        CancellationToken cancellationToken
    ) => (await boards.FindAsync(board, date, top, new BoardCursor(after), cancellationToken))?.Page;
}
