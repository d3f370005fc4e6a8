using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise02_ReceivingNeverLowers
{
    [Fact]
    public void One_more_interaction_or_increment_never_lowers_the_receivers_score() =>
        Gen.Select(Scenario.Facts, Scenario.Interaction, Scenario.Metric, Gen.Int)
            .Sample(
                (facts, interaction, metric, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var before = Scenario.Apply(facts, votes: votes);
                    Fact more = metric.Counts is null ? interaction : metric;
                    var after = Scenario.Apply([interaction, more], votes: votes, state: before);
                    Assert.True(after.ScoreAt(Scenario.Now).Value >= before.ScoreAt(Scenario.Now).Value - 1e-9);
                },
                iter: 10_000
            );

    [Fact]
    public void Engaging_with_others_does_not_touch_ones_own_state() =>
        Gen.Select(Scenario.Facts, Scenario.Interaction)
            .Sample(
                (facts, interaction) =>
                {
                    var mine = Scenario.Apply(facts);
                    var theirs = interaction with { Actor = Scenario.Target, Target = AccountId.Parse("net:other") };
                    var applied = AccountUpdate.Apply(mine, [theirs], VoteTable.AllOne, Scenario.Now);
                    Assert.Same(mine, applied.State);
                },
                iter: 10_000
            );
}
