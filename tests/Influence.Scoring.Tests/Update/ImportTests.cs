using CsCheck;

namespace Influence.Scoring.Tests.Update;

public sealed class ImportTests
{
    private static readonly Gen<Interaction[]> Lines = Gen.Select(
        Scenario.Interaction,
        Gen.Int[0, 399],
        (fact, days) => fact with { At = Scenario.Now - (days * ScoringPolicy.Day), Id = fact.Id is null ? null : $"{fact.Id}/{days}" }
    ).Array[0, 40];

    [Fact]
    public void Neither_order_nor_batches_nor_repetition_change_anything() =>
        Gen.Select(Lines, Gen.Int)
            .Sample(
                (lines, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var once = Import(Scenario.Empty, lines, votes);
                    var (random, state) = (new Random(seed), Scenario.Empty);
                    foreach (var batch in Scenario.Shuffle(lines, seed).Chunk(random.Next(1, 9)))
                        state = Import(state, batch, votes);
                    StateView.AssertSame(once, state, Scenario.Now);
                    Assert.Same(state, Import(state, lines, votes));
                },
                iter: 10_000
            );

    [Fact]
    public void Old_lines_enter_the_tie_with_what_is_left_of_them_and_over_180_days_only_under_a_younger_one() =>
        Gen.Select(Lines, Gen.Int)
            .Sample(
                (lines, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var silence = Scenario.Now - ScoringPolicy.Version1.TieSilence;
                    var counted = lines.Where(l => lines.Any(o => o.Actor == l.Actor && o.At >= silence)).ToArray();
                    var expected = NaiveModel.At(counted, Scenario.Now, actor => votes.Of(Scenario.Keys.KeyOf(actor)));
                    var inputs = Import(Scenario.Empty, lines, votes).InputsAt(Scenario.Now);
                    StateView.Close(expected.Reach, inputs.Reach, "reach");
                    StateView.Close(expected.Engagement, inputs.Engagement, "engagement");
                    StateView.Close(expected.People, inputs.People, "people");
                },
                iter: 10_000
            );

    [Fact]
    public void The_same_import_some_days_later_counts_once()
    {
        Interaction[] lines = [.. new[] { 0, 50, 88, 89, 91, 150, 200 }.Select(days => Line("net:a", days))];
        var first = Import(Scenario.Empty, lines, VoteTable.AllOne);
        foreach (var days in new[] { 1, 5, 40, 96 })
        {
            var again = AccountUpdate.Apply(first, lines, VoteTable.AllOne, Scenario.Now + (days * ScoringPolicy.Day), isImport: true);
            Assert.Same(first, again.State);
        }
    }

    [Fact]
    public void What_came_the_ordinary_way_before_is_not_counted_again_by_an_import()
    {
        var line = Line("net:a", 85);
        var known = Scenario.Apply([line]);
        var later = AccountUpdate.Apply(known, [line], VoteTable.AllOne, Scenario.Now + (9 * ScoringPolicy.Day), isImport: true);
        Assert.Equal(FactEffect.AlreadyKnown, Assert.Single(later.Outcomes).Effect);
        StateView.AssertSame(known, later.State, Scenario.Now);
    }

    [Fact]
    public void Past_days_stay_as_they_were()
    {
        var before = Scenario.Apply([Line("net:a", 40), Line("net:b", 3)]);
        var after = Import(before, [Line("net:c", 120), Line("net:a", 95)], VoteTable.AllOne);
        foreach (var daysAgo in new[] { 1, 7, 30 })
        {
            var day = Ledger.DayOf(Scenario.Now) - daysAgo;
            Assert.Equal(before.InputsAtEndOf(day).Influence, after.InputsAtEndOf(day).Influence, 1e-6);
        }

        Assert.True(after.ScoreAt(Scenario.Now).Value > before.ScoreAt(Scenario.Now).Value);
        Assert.Empty(AccountVerify.Verify(after, Scenario.Now).Drifts);
    }

    [Fact]
    public void Without_an_import_and_beyond_400_days_old_facts_are_refused()
    {
        var refused = AccountUpdate.Apply(Scenario.Empty, [Line("net:a", 91)], VoteTable.AllOne, Scenario.Now);
        Assert.Equal(RefusalCode.TooOld, Assert.Single(refused.Outcomes).Refusal!.Code);
        var beyond = AccountUpdate.Apply(Scenario.Empty, [Line("net:a", 401)], VoteTable.AllOne, Scenario.Now, isImport: true);
        Assert.Equal(RefusalCode.TooOld, Assert.Single(beyond.Outcomes).Refusal!.Code);
        // Counts and undos have no past to be told of.
        var undo = AccountUpdate.Apply(Scenario.Empty, [new Undo(Line("net:a", 91))], VoteTable.AllOne, Scenario.Now, isImport: true);
        Assert.Equal(RefusalCode.TooOld, Assert.Single(undo.Outcomes).Refusal!.Code);
    }

    [Fact]
    public void What_was_taken_back_does_not_come_back_by_an_import()
    {
        Interaction[] lines = [Line("net:a", 60), Line("net:b", 100)];
        var undos = lines.Select(l => new Undo(l) { At = Scenario.Now });
        Assert.Equal(default, Import(Scenario.Apply(undos), lines, VoteTable.AllOne).InputsAt(Scenario.Now));
        // One that comes later finds what is young enough for the ledger.
        var after = Scenario.Apply(undos, state: Import(Scenario.Empty, lines, VoteTable.AllOne));
        Assert.Equal((1, 1), (after.Totals.People, after.Totals.Interactions));
    }

    [Fact]
    public void A_line_that_was_imported_as_old_is_not_counted_again_by_a_message_of_when_it_was_young()
    {
        var line = Line("net:a", 90) with { At = Scenario.Now - (90 * ScoringPolicy.Day) + 60 };
        foreach (var isImport in new[] { true, false })
        {
            var later = AccountUpdate.Apply(Scenario.Empty, [line], VoteTable.AllOne, Scenario.Now + 600, isImport: true).State;
            Assert.Equal(1, later.Totals.Interactions);
            var again = AccountUpdate.Apply(later, [line], VoteTable.AllOne, Scenario.Now, isImport);
            Assert.Equal((FactEffect.AlreadyKnown, 1), (again.Outcomes[0].Effect, again.State.Totals.Interactions));
        }
    }

    [Fact]
    public void A_settlement_between_two_batches_changes_nothing()
    {
        Interaction[] old = [.. Enumerable.Range(0, 50).Select(i => Line("net:a", 190) with { Object = $"{i}" })];
        var young = Line("net:a", 2);
        var settled = AccountRecompute.Recompute(Import(Scenario.Empty, old, VoteTable.AllOne), VoteTable.AllOne, Scenario.Now);
        Assert.Equal(default, settled.InputsAt(Scenario.Now));
        StateView.AssertSame(
            Import(Scenario.Empty, [.. old, young], VoteTable.AllOne),
            Import(settled, [young], VoteTable.AllOne),
            Scenario.Now
        );
        // Nor does it stay for ever.
        var later = AccountRecompute.Recompute(settled, VoteTable.AllOne, Scenario.Now + (400 * ScoringPolicy.Day));
        Assert.Empty(StateView.Ties(later));
    }

    [Fact]
    public void An_id_of_two_days_is_two_facts_in_either_order()
    {
        Interaction[] lines = [Line("net:a", 100) with { Id = "star" }, Line("net:a", 5) with { Id = "star" }];
        var both = Import(Scenario.Empty, lines, VoteTable.AllOne);
        Assert.Equal(2, both.Totals.Interactions);
        foreach (var order in new[] { new[] { 0, 1 }, [1, 0] })
            StateView.AssertSame(both, order.Aggregate(Scenario.Empty, (s, i) => Import(s, [lines[i]], VoteTable.AllOne)), Scenario.Now);
    }

    [Fact]
    public void A_large_imports_lines_are_forgotten_some_pages_at_a_settlement()
    {
        var state = Import(
            Scenario.Empty,
            [.. Enumerable.Range(0, 200_000).Select(i => Line($"net:a{i % 100}", 120) with { Id = $"{i}" })],
            VoteTable.AllOne
        );
        var pages = state.Undone.Pages.Length;
        Assert.InRange(pages, 40, 100);
        var then = Scenario.Now + (98 * ScoringPolicy.Day);
        for (var settlements = 0; pages > 0; settlements++)
        {
            Assert.True(settlements < 4);
            state = AccountRecompute.Recompute(state, VoteTable.AllOne, then);
            Assert.InRange(pages - state.Undone.Pages.Length, 1, 32);
            pages = state.Undone.Pages.Length;
        }
    }

    [Fact]
    public void A_fact_that_waits_in_the_queue_during_an_import_still_counts()
    {
        var waiting = Line("net:b", 89);
        var imported = AccountUpdate.Apply(
            Scenario.Empty,
            [Line("net:a", 120)],
            VoteTable.AllOne,
            Scenario.Now + (9 * ScoringPolicy.Day),
            isImport: true
        );
        Assert.Equal(FactEffect.New, AccountUpdate.Apply(imported.State, [waiting], VoteTable.AllOne, Scenario.Now).Outcomes[0].Effect);
    }

    private static AccountState Import(AccountState state, IReadOnlyList<Fact> lines, IVotes votes) =>
        AccountUpdate.Apply(state, lines, votes, Scenario.Now, isImport: true).State;

    private static Interaction Line(string actor, int daysAgo) =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse(actor),
            Target = Scenario.Target,
            At = Scenario.Now - (daysAgo * ScoringPolicy.Day),
        };
}
