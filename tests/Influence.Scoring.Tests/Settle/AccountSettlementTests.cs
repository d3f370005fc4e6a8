using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class AccountSettlementTests
{
    // A settlement at which some ties of the communities have gone silent and others have not.
    private const long At = Scenario.Now;
    private const long Then = At - (160 * 86_400L);

    [Fact]
    public void The_score_under_votes_is_the_one_after_recomputing_with_them() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                var votes = Votes();
                var recomputed = AccountRecompute.Recompute(state, votes, Scenario.Now);
                StateView.Close(recomputed.ScoreAt(Scenario.Now).Value, AccountSettlement.ScoreUnder(state, votes, Scenario.Now), "score");
                Assert.False(AccountSettlement.HasExpired(recomputed, Scenario.Now));
            },
            iter: 10_000
        );

    // A like is remembered for 97 days, its tie for 180; an undo alone is nothing but remembered.
    [Theory]
    [InlineData(false, 96, false)]
    [InlineData(false, 98, true)]
    [InlineData(true, 96, false)]
    [InlineData(true, 98, true)]
    public void What_has_run_out_is_seen_and_forgotten_once(bool isUndo, int days, bool expected)
    {
        var state = Scenario.Apply([isUndo ? new Undo(Like()) : Like()]);
        var later = Scenario.Now + (days * ScoringPolicy.Day);
        Assert.Equal(expected, AccountSettlement.HasExpired(state, later));
        Assert.False(AccountSettlement.HasExpired(AccountRecompute.Recompute(state, VoteTable.AllOne, later), later));
    }

    [Fact]
    public void A_silent_tie_has_run_out_when_its_ledger_is_forgotten_already()
    {
        var state = AccountRecompute.Recompute(Scenario.Apply([Like()]), VoteTable.AllOne, Scenario.Now + (100 * ScoringPolicy.Day));
        Assert.False(AccountSettlement.HasExpired(state, Scenario.Now + (179 * ScoringPolicy.Day)));
        Assert.True(AccountSettlement.HasExpired(state, Scenario.Now + (181 * ScoringPolicy.Day)));
    }

    [Fact]
    public void Renewing_only_what_is_loaded_comes_to_the_same() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var state = Scenario.Apply(facts);
                var whole = AccountRecompute.Recompute(state, Votes(), Scenario.Now);
                var part = AccountRecompute.RecomputeLoaded(state, Votes(), Scenario.Now);
                StateView.Close(whole.InputsAt(Scenario.Now).People, part.InputsAt(Scenario.Now).People, "people");
                Assert.Equal(whole.Totals.People, part.Totals.People);
                Assert.Equal(whole.TopPeople.Select(p => (p.Account, p.Vote)), part.TopPeople.Select(p => (p.Account, p.Vote)));
                Assert.Same(part, AccountRecompute.RecomputeLoaded(part, Votes(), Scenario.Now));
            },
            iter: 10_000
        );

    [Fact]
    public void Shards_settle_to_the_fixed_point_of_the_settlement_in_memory_in_any_grouping()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var accounts = Community(seed);
            var settlement = Settlement.Run(accounts, At, 1e-9);
            var (scores, votes, bits) = Settle(accounts, parts: 1);
            var (_, _, others) = Settle([.. accounts.Reverse()], parts: 7);
            Assert.Equal(bits, others);
            for (var i = 0; i < accounts.Length; i++)
                Assert.Equal(settlement.Scores[i], scores[accounts[i].Key], 1e-5);
            // Also of those who engaged nobody yet: tomorrow they may.
            Assert.All(accounts, a => Assert.Equal(settlement.Votes.Of(a.Key), votes.Of(a.Key), 1e-5));
        }
    }

    // As the pipeline does it: attention summed in parts, votes, scores, again.
    private static (Dictionary<ulong, double> Scores, VoteTable Votes, long[] Bits) Settle(AccountState[] accounts, int parts)
    {
        var attention = new Dictionary<ulong, Attention>();
        foreach (var part in accounts.Chunk((accounts.Length / parts) + 1))
        {
            var sums = new Dictionary<ulong, Attention>();
            foreach (var account in part)
                AccountSettlement.Spend(account, At, sums);
            foreach (var (actor, sum) in sums)
                attention[actor] = attention.GetValueOrDefault(actor).Plus(sum);
        }

        var scores = accounts.ToDictionary(a => a.Key, a => a.ScoreAt(At).Value);
        var votes = VoteTable.Of([]);
        for (var pass = 0; pass < 30; pass++)
        {
            var keys = attention.Keys.Concat(scores.Keys).Distinct();
            votes = VoteTable.Of(
                keys.Select(k =>
                    KeyValuePair.Create(
                        k,
                        AccountSettlement.VoteOf(scores.GetValueOrDefault(k, 1), attention.GetValueOrDefault(k), ScoringPolicy.Current)
                    )
                )
            );
            scores = accounts.ToDictionary(a => a.Key, a => AccountSettlement.ScoreUnder(a, votes, At));
        }

        return (scores, votes, [.. scores.OrderBy(s => s.Key).Select(s => BitConverter.DoubleToInt64Bits(s.Value))]);
    }

    private static AccountState[] Community(int seed)
    {
        var random = new Random(seed);
        var world = new World(new KeyHasher(seed));
        world.Apply(
            Enumerable
                .Range(0, 600)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Share,
                    Actor = AccountId.Parse($"net:{random.Next(50)}"),
                    Target = AccountId.Parse($"net:{60 - (int)Math.Sqrt(random.Next(1, 1600))}"),
                    At = Then - random.Next(40 * 86_400),
                })
                .Where(i => i.Actor != i.Target),
            Then
        );
        return [.. world.States.Values];
    }

    private static Interaction Like() =>
        new()
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("net:a"),
            Target = Scenario.Target,
            At = Scenario.Now,
        };

    private static VoteTable Votes() =>
        VoteTable.Of(
            Enumerable.Range(0, 10).Select(i => KeyValuePair.Create(Scenario.Keys.KeyOf(AccountId.Parse($"net:a{i}")), (i + 1) / 4f))
        );
}
