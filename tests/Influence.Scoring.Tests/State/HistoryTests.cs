using CsCheck;

namespace Influence.Scoring.Tests.State;

public sealed class HistoryTests
{
    [Fact]
    public void A_backlog_in_order_gives_each_day_the_score_of_the_facts_up_to_its_end() =>
        Gen.Select(Scenario.Facts, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    Fact[] ordered = [.. facts.OrderBy(f => f.At)];
                    var state = Scenario.Apply(ordered, seed);
                    foreach (var day in state.History.Days)
                    {
                        var known = NaiveModel.At(ordered.Where(f => f.At < day.End), day.End);
                        Assert.Equal(known.Score, Score.Of(state.History.InputsAt(day.End, state.Policy)!.Value, state.Policy).Value, 1e-4);
                    }

                    var last = state.History.Days.LastOrDefault();
                    if (ordered.Length > 0)
                        Assert.Equal((ordered[^1].At / ScoringPolicy.Day) + 1, last.End / ScoringPolicy.Day);
                },
                iter: 2_000
            );

    [Fact]
    public void Days_without_facts_are_the_day_before_faded()
    {
        var state = Scenario.Apply([Like(0, Scenario.Now - (10 * ScoringPolicy.Day))]);
        var then = state.History.InputsAt(Scenario.Now - (3 * ScoringPolicy.Day), state.Policy)!.Value;
        Assert.Equal(state.InputsAt(Scenario.Now - (3 * ScoringPolicy.Day)).Reach, then.Reach, 1e-6);
        Assert.Null(state.History.InputsAt(Scenario.Now - (30 * ScoringPolicy.Day), state.Policy));
    }

    [Fact]
    public void A_late_fact_changes_only_the_last_day()
    {
        var state = Scenario.Apply([Like(1, Scenario.Now - (9 * ScoringPolicy.Day)), Like(2, Scenario.Now)], 0);
        var days = Scenario.Apply([Like(3, Scenario.Now - (9 * ScoringPolicy.Day))], state: state).History.Days;
        Assert.Equal(state.History.Days[..^1].AsEnumerable(), days[..^1].AsEnumerable());
        Assert.Equal(state.History.Days[^1].Day, days[^1].Day);
        Assert.True(days[^1].Reach > state.History.Days[^1].Reach);
    }

    [Fact]
    public void It_reaches_back_90_days()
    {
        var state = Scenario.Empty;
        for (var day = 0L; day < 200; day++)
            state = AccountUpdate
                .Apply(
                    state,
                    [Like(1, Scenario.Now + (day * ScoringPolicy.Day))],
                    VoteTable.AllOne,
                    Scenario.Now + (day * ScoringPolicy.Day)
                )
                .State;
        // And the day before them: how things stood where they begin.
        Assert.Equal(91, state.History.Days.Length);
        Assert.Equal(state.Totals.AsOf / ScoringPolicy.Day, state.History.Days[^1].Day);
        var read = StatePacking.ReadSummary(StatePacking.PackSummary(state), state.Account, Scenario.Keys);
        Assert.Equal(state.History.Days.AsEnumerable(), read.History.Days);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(80)]
    [InlineData(40)]
    public void After_a_long_silence_past_days_are_still_the_last_known_one_faded(int days)
    {
        var (first, now) = (Scenario.Now, Scenario.Now + (95 * ScoringPolicy.Day));
        var silent = AccountUpdate.Apply(Scenario.Empty, [Like(1, first)], VoteTable.AllOne, first).State;
        var again = AccountUpdate.Apply(silent, [Like(2, now)], VoteTable.AllOne, now).State;
        var day = (int)(now / ScoringPolicy.Day) - days;
        Assert.InRange(silent.InputsAtEndOf(day).Reach, 0.1, 1);
        Assert.Equal(silent.InputsAtEndOf(day).Reach, again.InputsAtEndOf(day).Reach, 1e-6);
    }

    [Fact]
    public void The_end_of_a_past_day_knows_nothing_of_later_days()
    {
        var state = Scenario.Apply([Like(1, Scenario.Now - (5 * ScoringPolicy.Day)), Like(2, Scenario.Now)], 0);
        var yesterday = (int)(Scenario.Now / ScoringPolicy.Day) - 1;
        Assert.InRange(state.InputsAtEndOf(yesterday).Reach, 0.85, 0.95);
        Assert.True(state.InputsAtEndOf(yesterday + 1).Reach > 1.5);
        Assert.Equal(default, state.InputsAtEndOf(yesterday - 30));
    }

    private static Interaction Like(int actor, long at) =>
        new()
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse($"net:a{actor}"),
            Target = Scenario.Target,
            At = at,
        };
}
