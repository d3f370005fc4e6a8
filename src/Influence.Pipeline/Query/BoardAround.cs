namespace Influence.Pipeline;

/// <summary>Where an account stands on a board, and who stands next to it.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks, shown or not.</param>
/// <param name="Id">The account.</param>
/// <param name="Rank">Its place among those shown; else its competition rank, 1 + how many score higher to the 0.01 of a point.</param>
/// <param name="Percentile">The percentage of ranked accounts that it is not below, 0–100: by score, on the board <c>movers</c> by gain.</param>
/// <param name="Rows">Its neighbours and itself, best first; empty for an account beyond the places shown.</param>
public sealed record BoardAround(string Board, DateOnly Date, DateTimeOffset AsOf, int Total, string Id, int Rank, double Percentile, IReadOnlyList<BoardRow> Rows);
