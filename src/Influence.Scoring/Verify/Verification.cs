using System.Collections.Immutable;

namespace Influence.Scoring.Verify;

/// <summary>A state held against its own facts.</summary>
/// <param name="State">The state that the facts give; the very same object when nothing drifted.</param>
/// <param name="Drifts">What differs, the dearest in points of score first; empty for a sound state.</param>
/// <param name="Older">What cannot be checked, since its facts left the ledger.</param>
public sealed record Verification(AccountState State, ImmutableArray<Drift> Drifts, OlderFacts Older);

/// <summary>A figure of a state that is not what its facts say.</summary>
/// <param name="What">
/// Which: <c>influence</c>, <c>reach</c>, <c>engagement</c>, <c>people</c>, <c>interactions</c>, <c>counted</c>, <c>asOf</c>,
/// <c>people by day</c>,
/// <c>ledger</c> (facts in it that were taken back), or of one actor <c>tie points</c>, <c>tie last</c>, <c>vote</c>,
/// <c>person</c> followed by the actor's name where it is known, else its key in hex.
/// </param>
/// <param name="Stored">As stored; 0 for what is missing.</param>
/// <param name="Recomputed">As the facts say; 0 for what should not be there.</param>
/// <param name="Points">What putting this one figure right adds to the score now; 0 where the score does not read it.</param>
public readonly record struct Drift(string What, double Stored, double Recomputed, double Points);

/// <summary>What a state holds from before its ledger: legitimate, but no longer to be checked against facts.</summary>
/// <param name="Ties">Ties that hold points from then.</param>
/// <param name="Interactions">Interactions counted then and not in the ledger.</param>
/// <param name="Counted">Points of counters from then, faded to the totals' moment.</param>
public readonly record struct OlderFacts(int Ties, long Interactions, double Counted)
{
    /// <summary>Whether the ledger holds everything.</summary>
    public bool IsNone => this == default;
}
