namespace Influence.Pipeline;

/// <summary>What a score rests on.</summary>
/// <param name="Interactions">Interactions received.</param>
/// <param name="People">People they came from.</param>
/// <param name="Days">Days of the last 90 that brought any.</param>
public sealed record ScoreCardCoverage(long Interactions, long People, int Days);
