namespace Influence.Pipeline;

/// <summary>All boards.</summary>
/// <param name="Leaderboards">By name.</param>
public sealed record BoardList(IReadOnlyList<BoardDays> Leaderboards);
