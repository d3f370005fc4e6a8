using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise04_SpreadingThins
{
    [Fact]
    public void The_more_one_spreads_the_less_each_counts_and_never_below_zero() =>
        Gen.Select(Scenario.Interaction.Array[1, 60], Scenario.Interaction.Array[1, 20])
            .Sample(
                (some, more) =>
                {
                    var (narrow, broad) = (VoteAfterEngaging(some), VoteAfterEngaging([.. some, .. more]));
                    Assert.InRange(broad, float.Epsilon, narrow);
                    Assert.True(broad < narrow || narrow == 1);
                },
                iter: 10_000
            );

    [Fact]
    public void Up_to_the_budget_a_vote_stays_whole()
    {
        Assert.Equal(1, VoteAfterEngaging(Quotes(10)));
        Assert.True(VoteAfterEngaging(Quotes(200)) < 0.1);
    }

    private static Interaction[] Quotes(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new Interaction
                {
                    Type = InteractionType.Quote,
                    Actor = Scenario.Target,
                    At = Scenario.Now,
                }),
        ];

    // One person's engagements of all kinds and ages, each with somebody else.
    private static double VoteAfterEngaging(Interaction[] engagements)
    {
        var world = new World(Scenario.Keys);
        world.Apply(engagements.Select((e, i) => e with { Actor = Scenario.Target, Target = AccountId.Parse($"net:t{i}") }), Scenario.Now);
        return Settlement.Run([.. world.States.Values], Scenario.Now).Votes.Of(Scenario.Keys.KeyOf(Scenario.Target));
    }
}
