using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise04_SpreadingThins
{
    [Fact]
    public void The_more_one_spreads_the_less_each_counts_and_never_below_zero() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[1, 8]).Sample(
        (few, more, type) =>
        {
            var (narrow, broad) = (VoteAfterEngaging(few, type), VoteAfterEngaging(few + more, type));
            Assert.InRange(broad, 0, narrow);
            Assert.True(broad > 0);
        },
        iter: 10_000);

    [Fact]
    public void Up_to_the_budget_a_vote_stays_whole()
    {
        Assert.Equal(1, VoteAfterEngaging(10, 8));
        Assert.True(VoteAfterEngaging(200, 8) < 0.1);
    }

    private static double VoteAfterEngaging(int people, int type)
    {
        var world = new World(Scenario.Keys);
        world.Apply(Enumerable.Range(0, people).Select(i => new Interaction
        {
            Type = (InteractionType)type,
            Actor = Scenario.Target,
            Target = AccountId.Parse($"net:t{i}"),
            At = Scenario.Now,
        }), Scenario.Now);
        return Settlement.Run([.. world.States.Values], Scenario.Now).Votes.Of(Scenario.Keys.KeyOf(Scenario.Target));
    }
}
