using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise07_UndoLeavesNoTrace
{
    [Fact]
    public void Undoing_everything_leaves_nothing_at_all() =>
        Gen.Select(Scenario.Interactions, Gen.Int)
            .Sample(
                (undone, seed) =>
                {
                    var state = Scenario.Apply([.. undone, .. Scenario.Shuffle(undone.Select(Scenario.UndoOf), seed)], seed);
                    Assert.Equal(default, state.InputsAt(Scenario.Now));
                    Assert.Equal(1, state.ScoreAt(Scenario.Now).Value);
                    Assert.Equal((0, 0), (state.Totals.People, state.Totals.Interactions));
                    Assert.Same(PeopleShares.None, PeopleShares.Of(state, null, Scenario.Now));
                    Assert.Empty(state.TopPeople);
                    Assert.Empty(StateView.Ties(state));
                    Assert.Empty(StateView.Entries(state));
                },
                iter: 10_000
            );

    [Fact]
    public void Undos_cancel_what_they_match_up_to_their_moment_whichever_comes_first() =>
        Gen.Select(Scenario.CollidingFacts, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    Fact[] standing = [.. NaiveModel.Standing(facts), .. facts.OfType<MetricReport>()];
                    StateView.AssertSame(
                        Scenario.Apply(standing, votes: votes),
                        Scenario.Apply(Scenario.Shuffle(facts, seed), seed, votes),
                        Scenario.Now
                    );
                },
                iter: 10_000
            );

    [Theory]
    [InlineData("s1")]
    [InlineData(null)]
    public void Star_unstar_star_is_one_star_in_every_order(string? id)
    {
        var star = new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("github:ada"),
            Target = Scenario.Target,
            At = Scenario.Now - 3000,
            Id = id,
            Object = "https://github.com/acme/tool",
        };
        var (unstar, again) = (new Undo(star) { At = Scenario.Now - 2000 }, star with { At = Scenario.Now - 1000 });
        Fact[][] orders =
        [
            [star, unstar, again],
            [star, again, unstar],
            [unstar, star, again],
            [unstar, again, star],
            [again, star, unstar],
            [again, unstar, star],
        ];
        var expected = Scenario.Apply([again]);
        foreach (var order in orders)
        {
            StateView.AssertSame(expected, order.Aggregate(Scenario.Empty, (s, f) => Scenario.Apply([f], state: s)), Scenario.Now);
            StateView.AssertSame(expected, Scenario.Apply(order), Scenario.Now);
        }
    }

    [Fact]
    public void An_undo_of_another_source_takes_nothing_back()
    {
        var like = new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("net:a"),
            Target = Scenario.Target,
            At = Scenario.Now - 10,
            Id = "1",
            Source = "github",
        };
        Undo[] others =
        [
            new(like with { Source = "api/crm" }),
            new(like with { Source = null, Id = null }),
            new(like with { Source = "api" }),
        ];
        StateView.AssertSame(
            Scenario.Apply([like]),
            Scenario.Apply([like, .. others.Select(u => u with { At = Scenario.Now })]),
            Scenario.Now
        );
    }

    [Fact]
    public void An_undo_of_many_days_may_be_withdrawn_in_parts_and_any_part_may_repeat()
    {
        Interaction[] likes =
        [
            .. Enumerable
                .Range(0, 80)
                .Select(day => new Interaction
                {
                    Type = InteractionType.Like,
                    Actor = AccountId.Parse("net:a"),
                    Target = Scenario.Target,
                    At = Scenario.Now - (day * ScoringPolicy.Day),
                }),
        ];
        var undo = new Undo(likes[0]);
        var state = Scenario.Apply([.. likes, likes[0] with { Type = InteractionType.Share }]);
        for (var (parts, isNew) = (0, true); isNew; parts++)
        {
            var applied = AccountUpdate.Apply(state, [undo], VoteTable.AllOne, Scenario.Now, undoDays: 7);
            Assert.InRange(state.ActiveDays - applied.State.ActiveDays, 0, 7);
            isNew = applied.Count(FactEffect.New) > 0;
            Assert.True(isNew ? parts < 12 : parts == 12, $"{parts}");
            state = applied.State;
        }

        StateView.AssertSame(Scenario.Apply([likes[0] with { Type = InteractionType.Share }]), state, Scenario.Now);
    }

    [Fact]
    public void An_undo_by_id_needs_no_more_than_actor_target_and_id()
    {
        var share = new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse("net:a"),
            Target = Scenario.Target,
            At = Scenario.Now - 86_400,
            Id = "s1",
        };
        var undo = new Undo(
            new Interaction
            {
                Type = InteractionType.View,
                Actor = share.Actor,
                Target = share.Target,
                At = Scenario.Now,
                Id = "s1",
            }
        );
        var after = AccountUpdate.Apply(Scenario.Empty, [share, undo], VoteTable.AllOne, Scenario.Now);
        Assert.Equal([FactEffect.Undone, FactEffect.New], after.Outcomes.Select(o => o.Effect));
        Assert.Equal(1, after.State.ScoreAt(Scenario.Now).Value);
    }
}
