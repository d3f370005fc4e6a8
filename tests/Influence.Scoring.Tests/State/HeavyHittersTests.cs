using CsCheck;

namespace Influence.Scoring.Tests.State;

public sealed class HeavyHittersTests
{
    private static readonly Gen<(int Name, double Points)[]> Adds = Gen.Select(
        Gen.Int[0, 60].Select(n => n * n / 60),
        Gen.Double[0.01, 9]
    ).Array[0, 200];

    [Fact]
    public void Never_too_high_and_too_low_by_at_most_a_17th_of_all() =>
        Adds.Sample(
            adds =>
            {
                var hitters = adds.Aggregate(HeavyHitters.Empty, (h, a) => h.Add($"n{a.Name}", a.Points));
                var exact = adds.GroupBy(a => $"n{a.Name}").ToDictionary(g => g.Key, g => g.Sum(a => a.Points));
                var bound = adds.Sum(a => a.Points) / 17;
                Assert.InRange(hitters.Points.Count, 0, HeavyHitters.Capacity);
                foreach (var (name, points) in exact)
                    Assert.InRange(hitters.Points.GetValueOrDefault(name), points - bound - 1e-9, points + 1e-9);
                if (exact.Count <= HeavyHitters.Capacity)
                    Assert.All(exact, e => Assert.Equal(e.Value, hitters.Points[e.Key], 1e-9));
            },
            iter: 10_000
        );

    [Fact]
    public void A_small_newcomer_costs_the_others_no_more_than_it_brings()
    {
        var full = Enumerable.Range(0, HeavyHitters.Capacity).Aggregate(HeavyHitters.Empty, (h, i) => h.Add($"n{i}", 1));
        var after = full.Add("newcomer", 0.01);
        Assert.Equal(full.Points.Keys, after.Points.Keys);
        Assert.All(after.Points.Values, points => Assert.Equal(0.99, points, 1e-12));
    }

    [Fact]
    public void The_bound_holds_while_points_fade_and_are_taken_back_too() =>
        Gen.Select(Adds, Gen.Int)
            .Sample(
                (adds, seed) =>
                {
                    var (hitters, exact, ever, random) = (HeavyHitters.Empty, new Dictionary<string, double>(), 0.0, new Random(seed));
                    var standing = new List<(string Name, double Points)>();
                    foreach (var (name, points) in adds)
                    {
                        hitters = hitters.Add($"n{name}", points);
                        standing.Add(($"n{name}", points));
                        ever += points;
                        if (random.Next(3) == 0)
                        {
                            var index = random.Next(standing.Count);
                            hitters = hitters.Take(standing[index].Name, standing[index].Points);
                            standing.RemoveAt(index);
                        }

                        var fade = random.Next(4) == 0 ? random.NextDouble() : 1;
                        (hitters, ever) = (hitters.Faded(fade), ever * fade);
                        standing = standing.ConvertAll(s => (s.Name, s.Points * fade));
                    }

                    foreach (var (name, points) in standing)
                        exact[name] = exact.GetValueOrDefault(name) + points;
                    foreach (var name in exact.Keys.Union(hitters.Points.Keys))
                        Assert.InRange(
                            hitters.Points.GetValueOrDefault(name),
                            exact.GetValueOrDefault(name) - (ever / 17) - 1e-9,
                            exact.GetValueOrDefault(name) + 1e-9
                        );
                },
                iter: 10_000
            );

    [Fact]
    public void A_states_topics_beyond_sixteen_keep_their_bound()
    {
        var facts = Enumerable
            .Range(0, 500)
            .Select(i => new Interaction
            {
                Type = InteractionType.Share,
                Actor = AccountId.Parse($"net:a{i}"),
                Target = Scenario.Target,
                At = Scenario.Now,
                Context = FactContext.Of([$"t{i % 40 * (i % 2)}"], null),
            });
        var received = Scenario.Apply(facts, 3).Received;
        Assert.InRange(received.Topics.Points["t0"], 1000 + 48 - (2000.0 / 17), 1000 + 52);
        Assert.Equal(1, received.SharesByTopic.Values.Sum(), 1e-9);
        Assert.True(received.SharesByTopic.ContainsKey(Shares.Other));
    }
}
