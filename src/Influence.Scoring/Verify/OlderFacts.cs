namespace Influence.Scoring.Verify;

/// <summary>What a state holds from before its ledger: legitimate, but no longer to be checked against facts.</summary>
/// <param name="Ties">Ties that hold points from then.</param>
/// <param name="Interactions">Interactions counted then and not in the ledger.</param>
/// <param name="Counted">Points of counters from then, faded to the totals' moment.</param>
public readonly record struct OlderFacts(int Ties, long Interactions, double Counted)
{
    /// <summary>Whether the ledger holds everything.</summary>
    public bool IsNone => this == default;
}
