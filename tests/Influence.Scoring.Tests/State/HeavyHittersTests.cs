using CsCheck;

namespace Influence.Scoring.Tests.State;

public sealed class HeavyHittersTests
{
    private static readonly Gen<(int Name, double Points)[]> Adds = Gen.Select(Gen.Int[0, 60].Select(n => n * n / 60), Gen.Double[0.01, 9]).Array[0, 200];

    [Fact]
    public void Never_too_high_and_too_low_by_at_most_a_17th_of_all() => Adds.Sample(
        adds =>
        {
            var hitters = adds.Aggregate(HeavyHitters.Empty, (h, a) => h.Add($"n{a.Name}", a.Points));
            var exact = adds.GroupBy(a => $"n{a.Name}").ToDictionary(g => g.Key, g => g.Sum(a => a.Points));
            var bound = adds.Sum(a => a.Points) / 17;
            Assert.InRange(hitters.Points.Count, 0, HeavyHitters.Capacity);
            foreach (var (name, points) in exact)
                Assert.InRange(hitters.Points.GetValueOrDefault(name), points - bound - 1e-9, points + 1e-9);
            if (exact.Count <= HeavyHitters.Capacity) Assert.All(exact, e => Assert.Equal(e.Value, hitters.Points[e.Key], 1e-9));
        },
        iter: 10_000);

    [Fact]
    public void Taking_back_never_leaves_more_than_there_is() => Gen.Select(Adds, Gen.Int).Sample(
        (adds, seed) =>
        {
            var hitters = adds.Aggregate(HeavyHitters.Empty, (h, a) => h.Add($"n{a.Name}", a.Points));
            var taken = adds.Where((_, i) => (i * 31 ^ seed) % 3 == 0).ToArray();
            hitters = taken.Aggregate(hitters, (h, a) => h.Take($"n{a.Name}", a.Points));
            var exact = adds.GroupBy(a => $"n{a.Name}").ToDictionary(g => g.Key, g => g.Sum(a => a.Points));
            foreach (var take in taken) exact[$"n{take.Name}"] -= take.Points;
            Assert.All(hitters.Points, p => Assert.True(p.Value > 0 && p.Value <= exact[p.Key] + 1e-9));
        },
        iter: 10_000);

    [Fact]
    public void A_states_topics_beyond_sixteen_keep_their_bound()
    {
        var facts = Enumerable.Range(0, 500).Select(i => new Interaction
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
