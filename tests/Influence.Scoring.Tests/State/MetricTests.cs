namespace Influence.Scoring.Tests.State;

public sealed class MetricTests
{
    private static MetricReport Followers(double value, long age) =>
        new()
        {
            Account = Scenario.Target,
            Value = value,
            At = Scenario.Now - age,
        };

    [Fact]
    public void The_latest_gauge_wins_and_of_equal_times_the_larger_value()
    {
        foreach (var order in new[] { new[] { 0, 1, 2 }, [2, 1, 0], [1, 0, 2], [2, 0, 1] })
        {
            MetricReport[] reports = [Followers(900, 50), Followers(100, 10), Followers(120, 10)];
            var state = order.Aggregate(
                Scenario.Empty,
                (s, i) => AccountUpdate.Apply(s, [reports[i]], VoteTable.AllOne, Scenario.Now).State
            );
            Assert.Equal(120, state.Totals.Followers);
        }
    }

    [Fact]
    public void Of_increments_of_one_id_that_differ_the_latest_stands_whichever_comes_first()
    {
        var clicks = new MetricReport
        {
            Account = Scenario.Target,
            Counts = InteractionType.Click,
            Value = 5000,
            At = Scenario.Now - 60,
            Id = "q",
        };
        MetricReport[] versions = [clicks, clicks with { Value = 7000 }, clicks with { Value = 6000, At = Scenario.Now - 50 }];
        var expected = Scenario.Apply([versions[2]]);
        foreach (var order in new[] { new[] { 0, 1, 2 }, [2, 1, 0], [1, 0, 2], [2, 0, 1], [0, 2, 1], [1, 2, 0] })
        {
            StateView.AssertSame(expected, Scenario.Apply(order.Select(i => versions[i])), Scenario.Now);
            StateView.AssertSame(
                expected,
                order.Aggregate(Scenario.Empty, (s, i) => Scenario.Apply([versions[i]], state: s)),
                Scenario.Now
            );
        }
    }

    [Fact]
    public void A_gauge_dated_ahead_counts_as_of_its_arrival()
    {
        var state = Scenario.Apply([Followers(100, -290), Followers(120, 0)]);
        Assert.Equal((120, Scenario.Now), (state.Totals.Followers, state.Totals.FollowersAt));
    }

    [Fact]
    public void A_late_gauge_is_known_already()
    {
        var state = Scenario.Apply([Followers(100, 10)]);
        var applied = AccountUpdate.Apply(state, [Followers(900, 50)], VoteTable.AllOne, Scenario.Now);
        Assert.Equal(FactEffect.AlreadyKnown, applied.Outcomes[0].Effect);
        Assert.Same(state, applied.State);
    }

    [Fact]
    public void Followers_weigh_a_two_hundredth_and_counters_a_twentieth_of_their_points()
    {
        Assert.Equal(5, Scenario.Apply([Followers(1000, 0)]).InputsAt(Scenario.Now).Influence, 1e-12);
        var views = new MetricReport
        {
            Account = Scenario.Target,
            Counts = InteractionType.View,
            Value = 1000,
            At = Scenario.Now,
            Id = "v",
        };
        Assert.Equal(1, Scenario.Apply([views, views]).InputsAt(Scenario.Now).Influence, 1e-12);
    }

    [Theory]
    [InlineData("followers", null)]
    [InlineData("views", InteractionType.View)]
    [InlineData("shares", InteractionType.Share)]
    public void Metrics_have_names(string name, InteractionType? counts)
    {
        Assert.True(MetricReport.TryParse(name, out var parsed));
        Assert.Equal(counts, parsed);
        if (counts is { } type)
            Assert.Equal(name, MetricReport.NameOf(type));
    }

    [Theory]
    [InlineData("posts")]
    [InlineData("Views")]
    [InlineData(null)]
    public void Others_are_none(string? name) => Assert.False(MetricReport.TryParse(name, out _));
}
