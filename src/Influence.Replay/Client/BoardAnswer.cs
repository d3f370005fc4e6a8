namespace Influence.Replay.Client;

/// <summary>The top of a board.</summary>
/// <param name="Board">Its name.</param>
/// <param name="Date">The day.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks.</param>
/// <param name="Rows">The places, best first.</param>
internal sealed record BoardAnswer(string Board, DateOnly Date, DateTimeOffset AsOf, int Total, IReadOnlyList<BoardAnswerRow> Rows);
