using System.Collections.Immutable;

namespace Influence.Scoring.Update;

/// <summary>The answer to a batch of facts.</summary>
/// <param name="State">The state after it; the very same object when nothing was new.</param>
/// <param name="Outcomes">What became of each fact, by its index in the batch.</param>
public sealed record AppliedFacts(AccountState State, ImmutableArray<FactOutcome> Outcomes)
{
    /// <summary>How many facts of the batch this became of.</summary>
    public int Count(FactEffect effect) => Outcomes.Count(o => o.Effect == effect);
}

/// <summary>What became of one fact of a batch.</summary>
/// <param name="Effect">What became of it.</param>
/// <param name="Refusal">Why it was refused; null for every other effect.</param>
public readonly record struct FactOutcome(FactEffect Effect, FactRefusal? Refusal = null);

/// <summary>What became of a fact.</summary>
public enum FactEffect
{
    /// <summary>It was new and is now part of the state.</summary>
    New,

    /// <summary>It was known already (or, for a gauge, a newer report is): nothing changed.</summary>
    AlreadyKnown,

    /// <summary>An interaction that has been taken back: it stays out.</summary>
    Undone,

    /// <summary>It breaks a rule: see <see cref="FactOutcome.Refusal"/>.</summary>
    Refused,
}
