namespace Influence.Scoring.Verify;

/// <summary>Holds the sums against the ties and the ledger.</summary>
/// <param name="state">The state as stored.</param>
/// <param name="facts">What its ledger says.</param>
/// <param name="drifts">Where differences go.</param>
internal sealed class TotalsCheck(AccountState state, LedgerFacts facts, DriftList drifts)
{
    private readonly bool isWhole = state.Ledger.Since == 0;

    /// <summary>The totals that the facts give; stored figures where they agree.</summary>
    public Totals Check(List<Tie> ties, long now)
    {
        var (stored, policy) = (state.Totals, state.Policy);
        var asOf = CheckMoment(ties, now);
        var sums = ties.Aggregate(default(Totals) with { AsOf = asOf }, (sum, tie) => sum.WithTie(null, tie, policy));
        var interactions = isWhole ? facts.Interactions : Math.Max(stored.Interactions, facts.Interactions);
        var counted = AtLeast(stored.Counted, facts.CountedAt(asOf, policy));
        return stored with
        {
            AsOf = asOf,
            People = drifts.CompareCount("people", stored.People, sums.People),
            Reach = drifts.Compare("reach", stored.Reach, sums.Reach),
            Engagement = drifts.Compare("engagement", stored.Engagement, sums.Engagement),
            Influence = drifts.Compare("influence", stored.Influence, sums.Influence, stored with { Influence = sums.Influence }),
            Counted = drifts.Compare("counted", stored.Counted, counted, stored with { Counted = counted }),
            Interactions = drifts.CompareCount("interactions", stored.Interactions, interactions),
        };
    }

    /// <summary>What the totals rest on that is older than the ledger.</summary>
    public OlderFacts Older(Totals totals, int ties)
    {
        var counted = facts.CountedAt(totals.AsOf, state.Policy);
        return new(ties, totals.Interactions - facts.Interactions, drifts.Exceeds(totals.Counted, counted) ? totals.Counted - counted : 0);
    }

    // What left the ledger stays in the sums, so a ledger that is not whole says only the least they can be.
    private double AtLeast(double stored, double known) => !isWhole && drifts.Exceeds(stored, known) ? stored : known;

    // An undone fact leaves the moment behind, so a moment past every fact is sound; one before a fact, or ahead of the clock, is not.
    private long CheckMoment(List<Tie> ties, long now)
    {
        var (stored, known) = (state.Totals.AsOf, Math.Max(facts.Last, state.Totals.FollowersAt));
        foreach (var tie in ties)
            known = Math.Max(known, tie.Last);
        if (stored >= known && stored <= now + state.Policy.FutureSlack)
            return stored;
        if (stored != known)
            drifts.Add("asOf", stored, known, state.Totals with { AsOf = known });
        return known;
    }
}
