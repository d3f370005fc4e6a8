using System.Collections.Immutable;

namespace Influence.Scoring.Verify;

/// <summary>A state held against its own facts.</summary>
/// <param name="State">The state that the facts give; the very same object when nothing drifted.</param>
/// <param name="Drifts">What differs, the dearest in points of score first; empty for a sound state.</param>
/// <param name="Older">What cannot be checked, since its facts left the ledger.</param>
public sealed record Verification(AccountState State, ImmutableArray<Drift> Drifts, OlderFacts Older);
