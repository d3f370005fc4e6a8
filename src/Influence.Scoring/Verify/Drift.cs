namespace Influence.Scoring.Verify;

/// <summary>A figure of a state that is not what its facts say.</summary>
/// <param name="What">
/// Which: <c>influence</c>, <c>reach</c>, <c>engagement</c>, <c>people</c>, <c>interactions</c>, <c>counted</c>, <c>asOf</c>, <c>received
/// like</c>,
/// <c>ledger</c> (facts in it that were taken back), or of one actor <c>tie points</c>, <c>tie last</c>, <c>vote</c>, <c>person</c>
/// followed by the
/// actor's name where it is known, else its key in hex.
/// </param>
/// <param name="Stored">As stored; 0 for what is missing.</param>
/// <param name="Recomputed">As the facts say; 0 for what should not be there.</param>
/// <param name="Points">What putting this one figure right adds to the score now; 0 where the score does not read it.</param>
public readonly record struct Drift(string What, double Stored, double Recomputed, double Points);
