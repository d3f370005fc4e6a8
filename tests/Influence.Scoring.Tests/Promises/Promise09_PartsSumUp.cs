using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise09_PartsSumUp
{
    private static readonly ScoringPolicy Policy = ScoringPolicy.Version1;

    [Fact]
    public void Reach_times_depth_times_voice_is_the_peoples_influence() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts, votes: new OddVotes());
                var score = state.ScoreAt(Scenario.Now);
                StateView.Close(score.Influence - score.Audience, score.Reach * score.Depth * score.Voice, "R·D·Q");
            },
            iter: 10_000
        );

    [Fact]
    public void Every_family_of_shares_sums_to_one() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                var shares = PeopleShares.Of(state, new OddVotes(), Scenario.Now);
                foreach (var family in new[] { shares.SharesByType, shares.SharesByTopic, shares.SharesByCommunity })
                {
                    Assert.All(family.Values, share => Assert.InRange(share, 0, 1));
                    StateView.Close(state.Totals.People > 0 ? 1 : 0, family.Values.Sum(), "sum of shares");
                }
            },
            iter: 10_000
        );

    [Fact]
    public void Every_change_splits_without_remainder_into_what_the_weights_say() =>
        Gen.Select(Scenario.Facts, Scenario.Facts)
            .Sample(
                (first, second) =>
                {
                    var state = Scenario.Apply(first, votes: new OddVotes());
                    var (before, after) = (
                        state.InputsAt(Scenario.Now),
                        Scenario.Apply(second, state: state).InputsAt(Scenario.Now + 86_400)
                    );
                    var change = ScoreChange.Between(before, after, Policy);
                    StateView.Close(Policy.ScoreOf(after.Influence) - Policy.ScoreOf(before.Influence), change.Points, "change");
                    StateView.Close(change.Points, change.Reach + change.Depth + change.Voice + change.Audience, "sum of the parts");
                    if (before.People > 0 && after.People > 0)
                        StateView.Close(ReachPart(before, after), change.Reach, "reach by its own weight");
                },
                iter: 10_000
            );

    // LMDI-I written out: ΔS/Δu·10·L(V₁, V₀)·ln(R₁/R₀).
    private static double ReachPart(ScoreInputs before, ScoreInputs after)
    {
        var (u0, u1) = (1 + (10 * before.Influence), 1 + (10 * after.Influence));
        var perU = u0 == u1 ? Policy.PointsPerDecade / Math.Log(10) / u0 : Policy.PointsPerDecade * Math.Log10(u1 / u0) / (u1 - u0);
        var ratio = after.People / before.People;
        var mean = Math.Abs(ratio - 1) < 1e-7 ? before.People : (after.People - before.People) / Math.Log(ratio);
        return perU * 10 * mean * Math.Log(after.Reach / before.Reach);
    }

    /// <summary>Votes between 0.1 and 3.9, some of them 1.</summary>
    private sealed class OddVotes : IVotes
    {
        public float Of(ulong actor) => actor % 3 == 0 ? 1 : 0.1f + (actor % 39 / 10f);
    }
}
