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
    public void An_undo_that_came_first_keeps_a_line_out()
    {
        var line = Line("net:a", 60);
        var state = Import(Scenario.Apply([new Undo(line)]), [line], VoteTable.AllOne);
        Assert.Equal(default, state.InputsAt(Scenario.Now));
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
