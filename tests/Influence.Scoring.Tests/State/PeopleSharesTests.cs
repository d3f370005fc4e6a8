using CsCheck;

namespace Influence.Scoring.Tests.State;

public sealed class PeopleSharesTests
{
    [Fact]
    public void Each_persons_tie_is_divided_as_that_persons_own_points_are() =>
        Gen.Select(Scenario.Interactions, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var shares = PeopleShares.Of(Scenario.Apply(facts, seed, votes), null, Scenario.Now);
                    var (types, topics, communities) = Naive(facts, votes);
                    Same(types, shares.ByType.Index().ToDictionary(t => ((InteractionType)t.Index).ToString(), t => t.Item));
                    Same(topics, shares.Topics);
                    Same(communities, shares.Communities);
                },
                iter: 10_000
            );

    [Fact]
    public void Nobody_moves_more_of_an_accounts_topics_than_their_own_tie() =>
        Gen.Select(Scenario.Interactions, Scenario.Context.Array[1, 50], Gen.Int)
            .Sample(
                (facts, contexts, seed) =>
                {
                    var votes = Scenario.Votes(seed);
                    var attack = contexts.Select(
                        (context, i) =>
                            new Interaction
                            {
                                Type = InteractionType.Quote,
                                Actor = AccountId.Parse("net:attacker"),
                                Target = Scenario.Target,
                                At = Scenario.Now - i,
                                Context = context,
                            }
                    );
                    var (before, after) = (Scenario.Apply(facts, votes: votes), Scenario.Apply([.. facts, .. attack], votes: votes));
                    var (its, mixed) = (PeopleShares.Of(before, null, Scenario.Now), PeopleShares.Of(after, null, Scenario.Now));
                    var tie = after.InputsAt(Scenario.Now).People - before.InputsAt(Scenario.Now).People;
                    foreach (var topic in its.Topics.Keys.Union(mixed.Topics.Keys))
                    {
                        var gained =
                            (mixed.Topics.GetValueOrDefault(topic) * after.InputsAt(Scenario.Now).People)
                            - (its.Topics.GetValueOrDefault(topic) * before.InputsAt(Scenario.Now).People);
                        // Nothing is taken from a topic, and no more is given than the tie is worth.
                        Assert.InRange(gained, -1e-9, tie + 1e-9);
                    }
                },
                iter: 10_000
            );

    [Fact]
    public void What_is_older_than_the_ledger_belongs_to_no_topic()
    {
        var old = Like("net:a", 100, "old");
        var young = Like("net:a", 0, "young");
        var state = AccountUpdate.Apply(Scenario.Empty, [old, young], VoteTable.AllOne, Scenario.Now, isImport: true).State;
        var share = PeopleShares.Of(state, null, Scenario.Now).Topics;
        Assert.Equal(["young"], share.Keys);
        Assert.Equal(1 / (1 + Math.Pow(2, -100 / 30.0)), share["young"], 1e-12);
    }

    [Fact]
    public void Of_many_topics_the_largest_are_kept_and_the_rest_is_other()
    {
        var facts = Enumerable.Range(0, 40).SelectMany(t => Enumerable.Range(0, 40 - t).Select(i => Like($"net:{t}/{i}", 0, $"t{t:D2}")));
        var shares = PeopleShares.Of(Scenario.Apply(facts), null, Scenario.Now);
        Assert.Equal(Enumerable.Range(0, PeopleShares.Kept).Select(t => $"t{t:D2}"), shares.Topics.Keys);
        Assert.Equal(40 / 820.0, shares.Topics["t00"], 1e-12);
        Assert.Equal(1, shares.SharesByTopic.Values.Sum(), 1e-9);
        Assert.True(shares.SharesByTopic[Shares.Other] > 0);
    }

    private static Interaction Like(string actor, int daysAgo, string topic) =>
        new()
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse(actor),
            Target = Scenario.Target,
            At = Scenario.Now - (daysAgo * ScoringPolicy.Day),
            Context = FactContext.Of([topic], null),
        };

    private static (Dictionary<string, double>, Dictionary<string, double>, Dictionary<string, double>) Naive(
        Interaction[] facts,
        IVotes votes
    )
    {
        var (types, topics, communities) = (
            new Dictionary<string, double>(),
            new Dictionary<string, double>(),
            new Dictionary<string, double>()
        );
        var (policy, whole) = (ScoringPolicy.Version1, 0.0);
        foreach (var actor in NaiveModel.Standing([.. facts.Distinct()]).GroupBy(f => f.Actor))
        {
            var x = actor.Sum(PointsOf);
            var last = actor.Max(f => f.At);
            var scaled = actor.Sum(f => policy.PointsOf(f.Type) * policy.Fade(last - f.At));
            var tie = votes.Of(Scenario.Keys.KeyOf(actor.Key)) * policy.Strength(scaled) * policy.Fade(Scenario.Now - last);
            whole += tie;
            foreach (var fact in actor)
            {
                var part = tie * PointsOf(fact) / x;
                Add(types, fact.Type.ToString(), part);
                foreach (var topic in fact.Context.Topics)
                    Add(topics, topic, part / fact.Context.Topics.Length);
                if (fact.Context.Community is { } community)
                    Add(communities, community, part);
            }
        }

        return (Parts(types), Parts(topics), Parts(communities));

        double PointsOf(Interaction fact) => policy.PointsOf(fact.Type) * policy.Fade(Scenario.Now - fact.At);

        Dictionary<string, double> Parts(Dictionary<string, double> sums) => sums.ToDictionary(s => s.Key, s => s.Value / whole);
    }

    private static void Add(Dictionary<string, double> sums, string name, double part) => sums[name] = sums.GetValueOrDefault(name) + part;

    private static void Same(Dictionary<string, double> expected, IReadOnlyDictionary<string, double> actual)
    {
        foreach (var name in expected.Keys.Union(actual.Keys))
            Assert.Equal(Finite(expected.GetValueOrDefault(name)), actual.GetValueOrDefault(name), 1e-9);
    }

    // Of people without a vote nothing is divided.
    private static double Finite(double part) => double.IsNaN(part) ? 0 : part;
}
