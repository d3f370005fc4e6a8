using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class RecomputeTests
{
    [Fact]
    public void Under_the_same_votes_nothing_changes_and_twice_is_once() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                var once = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now);
                StateView.AssertSame(state, once, Scenario.Now);
                var twice = AccountRecompute.Recompute(once, VoteTable.AllOne, Scenario.Now);
                Assert.Equal(StatePacking.PackSummary(once), StatePacking.PackSummary(twice));
            },
            iter: 10_000
        );

    [Fact]
    public void Under_other_votes_the_sums_are_the_formulas() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var votes = VoteTable.Of(
                    new[] { 0, 2, 4, 6, 8 }.Select(i =>
                        KeyValuePair.Create(Scenario.Keys.KeyOf(AccountId.Parse($"net:a{i}")), (i + 1) / 4f)
                    )
                );
                var state = AccountRecompute.Recompute(Scenario.Apply(facts), votes, Scenario.Now);
                var expected = NaiveModel.At(facts, Scenario.Now, actor => votes.Of(Scenario.Keys.KeyOf(actor)));
                StateView.Close(expected.People, state.InputsAt(Scenario.Now).People, "people");
                StateView.Close(expected.Score, state.ScoreAt(Scenario.Now).Value, "score");
                Assert.All(state.TopPeople, p => Assert.Equal(votes.Of(Scenario.Keys.KeyOf(p.Account)), p.Vote));
            },
            iter: 10_000
        );

    [Fact]
    public void What_ran_out_is_forgotten_and_nothing_else()
    {
        var facts = Enumerable
            .Range(0, 80)
            .Select(i => new Interaction
            {
                Type = InteractionType.Like,
                Actor = AccountId.Parse($"net:a{i}"),
                Target = Scenario.Target,
                At = Scenario.Now - (i * ScoringPolicy.Day),
            })
            .ToArray();
        var undo = new Undo(facts[0] with { Id = "never came" });
        var state = Scenario.Apply([.. facts, undo]);

        var inWindow = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now + (20 * ScoringPolicy.Day));
        Assert.Equal(80, inWindow.Totals.People);
        Assert.Equal(78, inWindow.ActiveDays);
        Assert.False(inWindow.Undone.IsEmpty);

        var later = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now + (150 * ScoringPolicy.Day));
        Assert.Equal(31, later.Totals.People);
        Assert.Equal(0, later.ActiveDays);
        Assert.True(later.Undone.IsEmpty);
        Assert.All(later.TopPeople, p => Assert.True(p.Last >= Scenario.Now - (30 * ScoringPolicy.Day)));
    }

    [Fact]
    public void What_waited_in_a_queue_counts_once_whenever_a_settlement_came_between() =>
        Gen.Select(Scenario.Facts, Gen.Int[0, 40], Gen.Int)
            .Sample(
                (facts, wait, seed) =>
                {
                    // The oldest facts are at the very edge of the window when they reach the door.
                    var door = Scenario.Now + (10 * ScoringPolicy.Day);
                    var before = AccountUpdate.Apply(Scenario.Empty, facts, VoteTable.AllOne, door).State;
                    var settled = AccountRecompute.Recompute(before, VoteTable.AllOne, door + (wait * ScoringPolicy.Day));
                    var again = Scenario
                        .Shuffle(facts, seed)
                        .Chunk(5)
                        .Aggregate(settled, (state, batch) => AccountUpdate.Apply(state, batch, VoteTable.AllOne, door).State);
                    StateView.Close(settled.InputsAt(door).Influence, again.InputsAt(door).Influence, "influence");
                    Assert.Equal(settled.Totals.Interactions, again.Totals.Interactions);
                },
                iter: 10_000
            );

    [Fact]
    public void What_waited_for_less_than_a_week_is_taken_and_on_a_forgotten_day_it_is_refused()
    {
        Interaction Like(int actor, long at) =>
            new()
            {
                Type = InteractionType.Like,
                Actor = AccountId.Parse($"net:a{actor}"),
                Target = Scenario.Target,
                At = at,
            };
        var oldest = Scenario.Now - (90 * ScoringPolicy.Day);
        FactOutcome After(int days)
        {
            var settled = AccountRecompute.Recompute(
                Scenario.Apply([Like(1, oldest)]),
                VoteTable.AllOne,
                Scenario.Now + (days * ScoringPolicy.Day)
            );
            return Assert.Single(AccountUpdate.Apply(settled, [Like(2, oldest)], VoteTable.AllOne, Scenario.Now).Outcomes);
        }

        Assert.Equal(FactEffect.New, After(6).Effect);
        Assert.Equal((RefusalCode.TooOld, "at"), (After(9).Refusal!.Code, After(9).Refusal!.Field));
    }

    [Fact]
    public void An_undo_of_what_left_the_ledger_keeps_the_points_from_before_it()
    {
        var actor = AccountId.Parse("net:old");
        Interaction At(long at, string id) =>
            new()
            {
                Type = InteractionType.Share,
                Actor = actor,
                Target = Scenario.Target,
                At = at,
                Id = id,
            };
        var early = Scenario.Apply([At(Scenario.Now, "first")]);
        var later = Scenario.Now + (100 * ScoringPolicy.Day);
        var pruned = AccountRecompute.Recompute(early, VoteTable.AllOne, later);
        var second = AccountUpdate.Apply(pruned, [At(later, "second")], VoteTable.AllOne, later).State;
        var undone = AccountUpdate.Apply(second, [new Undo(At(later, "second"))], VoteTable.AllOne, later).State;
        Assert.Equal(1, undone.Totals.People);
        var tie = Assert.Single(StateView.Ties(undone));
        Assert.Equal(later - (90 * ScoringPolicy.Day), tie.Last);
        Assert.Equal(4 * Math.Pow(2, -10 / 30.0), tie.Points, 1e-9);
    }
}
