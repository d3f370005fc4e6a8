using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class RecomputeTests
{
    [Fact]
    public void Under_the_same_votes_nothing_changes_and_twice_is_once() => Scenario.Facts.Sample(
        facts =>
        {
            var state = Scenario.Apply(facts);
            var once = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now);
            StateView.AssertSame(state, once, Scenario.Now);
            var twice = AccountRecompute.Recompute(once, VoteTable.AllOne, Scenario.Now);
            Assert.Equal(StatePacking.PackSummary(once), StatePacking.PackSummary(twice));
        },
        iter: 10_000);

    [Fact]
    public void Under_other_votes_the_sums_are_the_formulas() => Scenario.Facts.Sample(
        facts =>
        {
            var votes = new VoteTable();
            for (var i = 0; i < 10; i += 2) votes.Set(Scenario.Keys.KeyOf(AccountId.Parse($"net:a{i}")), (i + 1) / 4f);
            var state = AccountRecompute.Recompute(Scenario.Apply(facts), votes, Scenario.Now);
            var expected = NaiveModel.At(facts, Scenario.Now, actor => votes.Of(Scenario.Keys.KeyOf(actor)));
            StateView.Close(expected.People, state.InputsAt(Scenario.Now).People, "people");
            StateView.Close(expected.Score, state.ScoreAt(Scenario.Now).Value, "score");
            Assert.All(state.TopPeople, p => Assert.Equal(votes.Of(Scenario.Keys.KeyOf(p.Account)), p.Vote));
        },
        iter: 10_000);

    [Fact]
    public void What_ran_out_is_forgotten_and_nothing_else()
    {
        var facts = Enumerable.Range(0, 80).Select(i => new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse($"net:a{i}"),
            Target = Scenario.Target,
            At = Scenario.Now - (i * ScoringPolicy.Day),
        }).ToArray();
        var undo = new Undo(facts[0] with { Id = "never came" });
        var state = Scenario.Apply([.. facts, undo]);

        var inWindow = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now + (20 * ScoringPolicy.Day));
        Assert.Equal(80, inWindow.Totals.People);
        Assert.Equal(71, inWindow.ActiveDays);
        Assert.False(inWindow.Undone.IsEmpty);

        var later = AccountRecompute.Recompute(state, VoteTable.AllOne, Scenario.Now + (150 * ScoringPolicy.Day));
        Assert.Equal(31, later.Totals.People);
        Assert.Equal(0, later.ActiveDays);
        Assert.True(later.Undone.IsEmpty);
        Assert.All(later.TopPeople, p => Assert.True(p.Last >= Scenario.Now - (30 * ScoringPolicy.Day)));
    }

    [Fact]
    public void An_undo_of_what_left_the_ledger_keeps_the_points_from_before_it()
    {
        var actor = AccountId.Parse("net:old");
        Interaction At(long at, string id) => new() { Type = InteractionType.Share, Actor = actor, Target = Scenario.Target, At = at, Id = id };
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
