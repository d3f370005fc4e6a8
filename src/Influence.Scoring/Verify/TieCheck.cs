namespace Influence.Scoring.Verify;

/// <summary>Holds ties against the ledger.</summary>
/// <param name="drifts">Where differences go.</param>
/// <param name="reach">
/// What is dated before this moment may be older than the ledger (Unix seconds); 0 where nothing is, since nothing was ever forgotten.
/// </param>
internal sealed class TieCheck(DriftList drifts, long reach)
{
    /// <summary>How many ties hold points from before the ledger.</summary>
    public int Older { get; private set; }

    /// <summary>The tie that the facts give, the stored one (to the bit) where they agree; null for none.</summary>
    /// <param name="stored">As stored; null for none.</param>
    /// <param name="facts">What the ledger has of this actor; null for nothing.</param>
    /// <param name="actor">The actor's key.</param>
    /// <param name="vote">The vote of a tie that is missing.</param>
    /// <param name="name">How to name the actor.</param>
    public Tie? Check(Tie? stored, FadingPoints? facts, ulong actor, float vote, string name)
    {
        var rebuilt = Rebuild(stored, facts, actor, vote);
        if (rebuilt == stored)
            return stored;
        var (before, after) = (stored ?? default, rebuilt ?? default);
        if (drifts.Differ(before.Points, after.Points))
            drifts.AddTie($"tie points {name}", before.Points, after.Points, stored, rebuilt);
        if (before.Last != after.Last)
            drifts.AddTie($"tie last {name}", before.Last, after.Last, stored, rebuilt);
        return rebuilt;
    }

    private Tie? Rebuild(Tie? stored, FadingPoints? facts, ulong actor, float vote)
    {
        if (facts is not { } ledger)
            return stored is { } old && old.Last < reach ? Keep(old) : null;
        if (stored is not { } tie)
            return new Tie(actor, Tie.Round(ledger.Points), ledger.Last, vote);
        // Its latest fact left the ledger before one that is dated earlier and came late.
        var isOlder = tie.Last > ledger.Last && tie.Last < reach;
        var known = ledger;
        if (isOlder)
            known.Add(0, tie.Last);
        var dated = tie with { Last = isOlder ? tie.Last : ledger.Last };
        if (!drifts.Differ(tie.Points, known.Points))
            return dated;
        return reach > 0 && tie.Points > known.Points ? Keep(dated) : dated with { Points = Tie.Round(known.Points) };
    }

    private Tie Keep(Tie tie)
    {
        Older++;
        return tie;
    }
}

/// <summary>Compares the votes in the ties with those of the people known by name.</summary>
/// <remarks>
/// Facts say nothing of votes: they are the last settlement's, kept in each tie, and once more for people known by name. Where the two
/// differ, the stored influence tells which is right; without its word the tie is believed.
/// </remarks>
internal static class VoteCheck
{
    public static List<Tie> Check(List<Tie> ties, AccountState state, IReadOnlyDictionary<ulong, Person> people, DriftList drifts)
    {
        List<Tie> named = [.. ties.Select(t => people.TryGetValue(t.Actor, out var person) ? t with { Vote = person.Vote } : t)];
        var influence = state.Totals.Influence;
        if (!drifts.Differ(influence, InfluenceOf(ties, state)) || drifts.Differ(influence, InfluenceOf(named, state)))
            return ties;
        foreach (var (before, after) in ties.Zip(named))
        {
            if (before.Vote != after.Vote)
                drifts.AddTie($"vote {people[before.Actor].Account}", before.Vote, after.Vote, null, null);
        }

        return named;
    }

    private static double InfluenceOf(List<Tie> ties, AccountState state) =>
        ties.Sum(t => t.Vote * t.WeightAt(state.Totals.AsOf, state.Policy));
}
