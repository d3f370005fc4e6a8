namespace Influence.Replay.Client;

/// <summary>An account that holds something from before its ledger.</summary>
/// <param name="Id">The account.</param>
/// <param name="Ties">Ties with points from then.</param>
/// <param name="Interactions">Interactions from then.</param>
internal sealed record OlderAnswer(string Id, int Ties, long Interactions);
