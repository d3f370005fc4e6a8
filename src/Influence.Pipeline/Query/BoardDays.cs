namespace Influence.Pipeline;

/// <summary>A board and the days it was published for.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Latest">The latest day.</param>
/// <param name="Dates">All days, ascending.</param>
public sealed record BoardDays(string Board, DateOnly Latest, IReadOnlyList<DateOnly> Dates)
{
    internal static BoardDays Of(string board, IEnumerable<DateOnly> dates)
    {
        DateOnly[] days = [.. dates.Order()];
        return new BoardDays(board, days[^1], days);
    }
}
