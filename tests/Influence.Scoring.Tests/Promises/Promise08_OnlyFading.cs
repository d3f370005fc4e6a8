using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise08_OnlyFading
{
    private const double MostIn30Days = 3.8;

    [Fact]
    public void With_no_new_facts_a_score_only_fades_by_at_most_3_8_points_in_30_days() =>
        Gen.Select(Scenario.Facts, Gen.Int[0, 400], Gen.Int[0, 30])
            .Sample(
                (facts, start, days) =>
                {
                    var state = Scenario.Apply(facts);
                    var from = Scenario.Now + (start * ScoringPolicy.Day);
                    var (before, after) = (state.ScoreAt(from).Value, state.ScoreAt(from + (days * ScoringPolicy.Day)).Value);
                    Assert.InRange(before - after, -1e-12, MostIn30Days);
                },
                iter: 10_000
            );

    [Fact]
    public void A_half_life_leaves_half_the_influence() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                var later = state.InputsAt(Scenario.Now + state.Policy.HalfLife).Influence;
                StateView.Close(state.InputsAt(Scenario.Now).Influence / 2, later, "influence");
            },
            iter: 10_000
        );
}
