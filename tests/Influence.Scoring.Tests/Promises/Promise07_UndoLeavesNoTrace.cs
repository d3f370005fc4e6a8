using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise07_UndoLeavesNoTrace
{
    [Fact]
    public void An_undo_leaves_the_state_in_which_the_interaction_never_happened_whichever_comes_first() =>
        Gen.Select(Scenario.Facts, Scenario.Interactions, Gen.Int)
            .Sample(
                (facts, undone, seed) =>
                {
                    var kept = facts.Where(f => f is not Interaction i || !undone.Contains(i)).ToArray();
                    Fact[] all = [.. kept, .. undone, .. undone.Select(Scenario.UndoOf)];
                    var votes = Scenario.Votes(seed);
                    StateView.AssertSame(
                        Scenario.Apply(kept, votes: votes),
                        Scenario.Apply(Scenario.Shuffle(all, seed), seed, votes),
                        Scenario.Now
                    );
                },
                iter: 10_000
            );

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
                    Assert.Equal(0, state.Received.Total);
                    Assert.Empty(state.TopPeople);
                    Assert.Empty(StateView.Ties(state));
                    Assert.Empty(StateView.Entries(state));
                },
                iter: 10_000
            );

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
