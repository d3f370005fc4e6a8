using CsCheck;

namespace Influence.Scoring.Tests.State;

public sealed class TopPeopleTests
{
    private static readonly Gen<Interaction[]> Crowd = Gen.Select(
        Gen.Int[1, 8],
        Gen.Int[0, 200],
        Gen.Int[0, 80 * 86_400],
        (type, actor, age) =>
            new Interaction
            {
                Type = (InteractionType)type,
                Actor = AccountId.Parse($"net:a{actor}"),
                Target = Scenario.Target,
                At = Scenario.Now - age,
            }
    ).Array[0, 300];

    [Fact]
    public void They_are_the_twenty_heaviest_ties_whatever_the_order() =>
        Gen.Select(Crowd, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var state = Scenario.Apply(Scenario.Shuffle(facts, seed), seed);
                    var ties = StateView.Ties(state).ToDictionary(t => t.Actor);
                    var expected = facts
                        .Select(f => f.Actor)
                        .Distinct()
                        .Select(a => (Account: a, Tie: ties[Scenario.Keys.KeyOf(a)]))
                        .Select(p => new Person(p.Account, p.Tie.Points, p.Tie.Last, p.Tie.Vote))
                        .OrderByDescending(p => p.TieAt(Scenario.Now, state.Policy))
                        .ThenBy(p => p.Account)
                        .Take(20);
                    Assert.Equal(
                        expected.Select(p => p.TieAt(Scenario.Now, state.Policy)).ToArray(),
                        state.TopPeople.Select(p => p.TieAt(Scenario.Now, state.Policy)).ToArray()
                    );
                },
                iter: 1_000
            );

    [Fact]
    public void Of_equals_the_first_by_account_are_shown_whatever_the_order() =>
        Gen.Int.Sample(seed =>
        {
            Interaction[] facts =
            [
                .. Enumerable
                    .Range(100, 200)
                    .Select(i => new Interaction
                    {
                        Type = InteractionType.Like,
                        Actor = AccountId.Parse($"net:a{i}"),
                        Target = Scenario.Target,
                        At = Scenario.Now,
                    }),
            ];
            var state = Scenario.Apply(Scenario.Shuffle(facts, seed), seed);
            Assert.Equal(facts.Take(20).Select(f => f.Actor), state.TopPeople.Select(p => p.Account));
        });
}
