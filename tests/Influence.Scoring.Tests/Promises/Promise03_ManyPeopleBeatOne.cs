using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise03_ManyPeopleBeatOne
{
    [Fact]
    public void N_interactions_of_n_people_beat_n_of_one() =>
        Gen.Select(Scenario.Interaction, Gen.Int[2, 100])
            .Sample(
                (pattern, n) =>
                {
                    var many = Enumerable.Range(0, n).Select(i => pattern with { Actor = AccountId.Parse($"net:p{i}"), Id = null });
                    var one = Enumerable.Range(0, n).Select(i => pattern with { Id = $"n{i}" });
                    Assert.True(ScoreOf(many) > ScoreOf(one));
                },
                iter: 10_000
            );

    [Fact]
    public void Each_further_interaction_of_one_person_adds_less() =>
        Gen.Select(Scenario.Interaction, Gen.Int[1, 100])
            .Sample(
                (pattern, n) =>
                {
                    var influences = new[] { 0, 1, n, n + 1 }
                        .Select(k =>
                            Scenario
                                .Apply(Enumerable.Range(0, k).Select(i => pattern with { Id = $"n{i}" }))
                                .InputsAt(Scenario.Now)
                                .Influence
                        )
                        .ToArray();
                    Assert.True(influences[3] - influences[2] < influences[1] - influences[0]);
                    Assert.True(influences[3] > influences[2]);
                    Assert.True(influences[3] < 1.0000001);
                },
                iter: 10_000
            );

    private static double ScoreOf(IEnumerable<Fact> facts) => Scenario.Apply(facts).ScoreAt(Scenario.Now).Value;
}
