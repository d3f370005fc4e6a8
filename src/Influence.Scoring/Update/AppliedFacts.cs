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
