using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise06_EngagementOutweighsAudience
{
    private static readonly Interaction[] Shares =
    [
        .. Enumerable
            .Range(0, 1000)
            .Select(i => new Interaction
            {
                Type = InteractionType.Share,
                Actor = AccountId.Parse($"net:s{i}"),
                Target = Scenario.Target,
                At = Scenario.Now,
            }),
    ];

    private static readonly double SharedScore = Scenario.Apply(Shares).ScoreAt(Scenario.Now).Value;

    [Fact]
    public void A_thousand_people_sharing_beat_up_to_a_hundred_thousand_silent_followers() =>
        Gen.Int[0, 100_000]
            .Sample(
                followers =>
                {
                    var silent = new MetricReport
                    {
                        Account = Scenario.Target,
                        Value = followers,
                        At = Scenario.Now,
                    };
                    Assert.True(SharedScore > Scenario.Apply([silent]).ScoreAt(Scenario.Now).Value);
                },
                iter: 10_000
            );
}
