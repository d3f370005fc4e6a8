namespace Influence.Scoring.Verify;

/// <summary>
/// Facts say nothing of votes: they are the last settlement's, kept in each tie, and once more for people known by name. Where the two
/// differ, the
/// stored influence tells which is right; without its word the tie is believed.
/// </summary>
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
