namespace Influence.Replay.Client;

/// <summary>A figure that is not what the ledger says.</summary>
/// <param name="Id">The account.</param>
/// <param name="What">The figure.</param>
/// <param name="Stored">As stored.</param>
/// <param name="Recomputed">As the ledger says.</param>
/// <param name="Points">What putting it right adds to the score.</param>
internal sealed record DriftAnswer(string Id, string What, double Stored, double Recomputed, double Points);
