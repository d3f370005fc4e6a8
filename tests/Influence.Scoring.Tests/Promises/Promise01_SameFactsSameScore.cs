using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise01_SameFactsSameScore
{
    // Half of them with facts that share ids, contents and sources.
    private static readonly Gen<(Fact[] Facts, int Seed)> Case = Gen.Select(
        Scenario.Facts,
        Scenario.Interactions,
        Scenario.CollidingFacts,
        Gen.Int,
        (facts, undone, colliding, seed) =>
            (seed % 2 == 0 ? colliding : (Fact[])[.. facts, .. undone, .. undone.Select(Scenario.UndoOf)], seed)
    );

    [Fact]
    public void Any_order_any_duplicates_any_batching_gives_the_same_state() =>
        Case.Sample(
            c =>
            {
                var votes = Scenario.Votes(c.Seed);
                StateView.AssertSame(
                    Scenario.Apply(c.Facts, votes: votes),
                    Scenario.Apply(Scenario.Shuffle(c.Facts, c.Seed), c.Seed, votes),
                    Scenario.Now
                );
            },
            iter: 10_000
        );

    [Fact]
    public void Everything_twice_is_once_and_says_so() =>
        Case.Sample(
            c =>
            {
                var once = Scenario.Apply(c.Facts, c.Seed);
                var again = AccountUpdate.Apply(once, c.Facts, VoteTable.AllOne, Scenario.Now);
                Assert.Same(once, again.State);
                Assert.Equal(0, again.Count(FactEffect.New));
            },
            iter: 10_000
        );

    [Fact]
    public void After_every_batch_the_state_is_what_the_formula_gives_for_all_facts_so_far() =>
        Case.Sample(
            c =>
            {
                var (facts, votes, state) = (Scenario.Shuffle(c.Facts, c.Seed), Scenario.Votes(c.Seed), Scenario.Empty);
                for (var at = 0; at < facts.Length; at += 7)
                {
                    state = AccountUpdate.Apply(state, facts[at..Math.Min(at + 7, facts.Length)], votes, Scenario.Now).State;
                    var expected = NaiveModel.At(facts.Take(at + 7), Scenario.Now, actor => votes.Of(Scenario.Keys.KeyOf(actor)));
                    var inputs = state.InputsAt(Scenario.Now);
                    StateView.Close(expected.Score, state.ScoreAt(Scenario.Now).Value, "score");
                    StateView.Close(expected.Reach, inputs.Reach, "reach");
                    StateView.Close(expected.Engagement, inputs.Engagement, "engagement");
                    StateView.Close(expected.People, inputs.People, "people");
                    StateView.Close(expected.Audience, inputs.Audience, "audience");
                }
            },
            iter: 10_000
        );
}
