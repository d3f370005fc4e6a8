namespace Influence.Scoring.Update;

/// <summary>What became of one fact of a batch.</summary>
/// <param name="Effect">What became of it.</param>
/// <param name="Refusal">Why it was refused; null for every other effect.</param>
public readonly record struct FactOutcome(FactEffect Effect, FactRefusal? Refusal = null);
