using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class SettlementTests
{
    private const double Contraction = 0.163;

    private static readonly Gen<AccountState[]> Graph = Gen.Select(Gen.Int[2, 30], Gen.Int[1, 200], Gen.Int)
        .Select((people, edges, seed) => Accounts(people, edges, seed));

    [Fact]
    public void Each_pass_changes_at_most_0_163_of_what_the_one_before_changed() =>
        Graph.Sample(
            accounts =>
            {
                var changes = Settlement.Run(accounts, Scenario.Now, 1e-12, 30).Changes;
                for (var i = 1; i < changes.Count; i++)
                    Assert.True(changes[i] <= (Contraction * changes[i - 1]) + 1e-9, $"pass {i}: {changes[i]} after {changes[i - 1]}");
            },
            iter: 10_000
        );

    [Fact]
    public void The_fixed_point_does_not_depend_on_where_one_starts() =>
        Gen.Select(Graph, Gen.Int)
            .Sample(
                (accounts, seed) =>
                {
                    var elsewhere = accounts.Select(a => AccountRecompute.Recompute(a, new RandomVotes(seed), Scenario.Now)).ToArray();
                    var (one, other) = (Settlement.Run(accounts, Scenario.Now, 1e-12), Settlement.Run(elsewhere, Scenario.Now, 1e-12));
                    foreach (var (a, b) in one.Scores.Zip(other.Scores))
                        Assert.Equal(a, b, 1e-9);
                },
                iter: 2_000
            );

    [Fact]
    public void Recomputing_with_the_settled_votes_gives_the_settled_scores_and_settling_again_changes_nothing() =>
        Graph.Sample(
            accounts =>
            {
                var settled = Settlement.Run(accounts, Scenario.Now, 1e-12);
                var recomputed = accounts.Select(a => AccountRecompute.Recompute(a, settled.Votes, Scenario.Now)).ToArray();
                foreach (var (state, score) in recomputed.Zip(settled.Scores))
                    Assert.Equal(score, state.ScoreAt(Scenario.Now).Value, 2e-6);
                Assert.InRange(Settlement.Run(recomputed, Scenario.Now, 1e-12).Changes[0], 0, 2e-6);
            },
            iter: 2_000
        );

    [Fact]
    public void An_excluded_account_has_no_vote_and_a_silent_one_has_1()
    {
        var accounts = Accounts(20, 100, 1);
        var actor = AccountId.Parse("net:p1");
        var settled = Settlement.Run(accounts, Scenario.Now, excluded: new HashSet<AccountId> { actor });
        Assert.Equal(0, settled.Votes.Of(Scenario.Keys.KeyOf(actor)));
        Assert.Equal(1, settled.Votes.Of(Scenario.Keys.KeyOf(AccountId.Parse("net:stranger"))));
    }

    [Fact]
    public void Nobody_settles_at_once()
    {
        var settled = Settlement.Run([], Scenario.Now);
        Assert.Empty(settled.Scores);
        Assert.Equal([0.0], settled.Changes);
    }

    private static AccountState[] Accounts(int people, int edges, int seed)
    {
        var random = new Random(seed);
        var world = new World(Scenario.Keys);
        var facts = Enumerable
            .Range(0, edges)
            .Select(i =>
                (Fact)
                    new Interaction
                    {
                        Type = (InteractionType)random.Next(1, 9),
                        Actor = AccountId.Parse($"net:p{random.Next(people)}"),
                        Target = AccountId.Parse($"net:p{people - 1 - (int)Math.Sqrt(random.Next(people * people))}"),
                        At = Scenario.Now - random.Next(80 * 86_400),
                        Id = $"{i}",
                    }
            );
        world.Apply(facts.Where(f => ((Interaction)f).Actor != f.About), Scenario.Now);
        return [.. world.States.Values];
    }

    private sealed class RandomVotes(int seed) : IVotes
    {
        public float Of(ulong actor) => (uint)HashCode.Combine(actor, seed) % 400 / 100f;
    }
}
