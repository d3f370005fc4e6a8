namespace Influence.Pipeline;

/// <summary>What an account holds from before its ledger.</summary>
/// <param name="Id">The account.</param>
/// <param name="Ties">Ties with points from then.</param>
/// <param name="Interactions">Interactions from then.</param>
/// <param name="Counted">Points of counters from then, faded.</param>
public sealed record VerifyOlder(string Id, int Ties, long Interactions, double Counted);
