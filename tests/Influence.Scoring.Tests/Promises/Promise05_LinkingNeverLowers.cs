using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise05_LinkingNeverLowers
{
    [Fact]
    public void One_more_account_never_lowers_the_profiles_score() =>
        Gen.Select(Scenario.Facts.Array[1, 4], Scenario.Facts)
            .Sample(
                (accounts, linked) =>
                {
                    var profile = accounts.Select(a => Scenario.Apply(a).InputsAt(Scenario.Now)).Aggregate((a, b) => a + b);
                    var larger = profile + Scenario.Apply(linked).InputsAt(Scenario.Now);
                    Assert.True(Score.Of(larger, ScoringPolicy.Version1).Value >= Score.Of(profile, ScoringPolicy.Version1).Value);
                },
                iter: 10_000
            );
}
