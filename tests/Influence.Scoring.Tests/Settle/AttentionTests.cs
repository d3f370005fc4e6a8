using CsCheck;

namespace Influence.Scoring.Tests.Settle;

public sealed class AttentionTests
{
    [Fact]
    public void Any_order_and_grouping_comes_to_the_same_bits() =>
        Gen.Select(Gen.Double[0, 1].Array[0, 30], Gen.Int, Gen.Int[1, 7])
            .Sample(
                (weights, seed, size) =>
                {
                    var ordered = Sum(weights.Select(Attention.On));
                    new Random(seed).Shuffle(weights);
                    var grouped = Sum(weights.Chunk(size).Select(part => Sum(part.Select(Attention.On))));
                    Assert.Equal(ordered, grouped);
                    Assert.Equal(weights.Length >= 2, grouped.EngagesSeveral);
                    Assert.Equal(weights.Sum(), grouped.Spent, 1e-9);
                },
                iter: 10_000
            );

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 9.999, 0)]
    [InlineData(true, 10, 1)]
    [InlineData(false, 49.9, 4)]
    [InlineData(false, 50, 5)]
    [InlineData(true, 100, 5)]
    // Without a vote.
    [InlineData(true, 0, 0)]
    public void Traits_fit_a_byte(bool engagesSeveral, double score, int band)
    {
        var traits = VoteTraits.Of(engagesSeveral, score);
        Assert.Equal((engagesSeveral, band), (VoteTraits.EngagesSeveral(traits), VoteTraits.BandOf(traits)));
    }

    [Fact]
    public void A_make_up_counts_everyone_once_and_weighs_them_by_their_ties() =>
        Gen.Select(Scenario.Facts, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var (state, votes) = (Scenario.Apply(facts), new Traits(seed));
                    var makeup = AudienceMakeup.Of(state, votes, Scenario.Now);
                    var ties = state.Ties.Records().Where(t => !t.IsSilentAt(Scenario.Now, state.Policy)).ToList();
                    Assert.Equal(ties.Count, makeup.Total);
                    for (var band = 0; band < VoteTraits.Bands; band++)
                        Assert.Equal(ties.Count(t => VoteTraits.BandOf(votes.TraitsOf(t.Actor)) == band), (int)makeup.People[band]);
                    var whole = ties.Sum(t => votes.Of(t.Actor) * t.WeightAt(Scenario.Now, state.Policy));
                    var several = ties.Where(t => VoteTraits.EngagesSeveral(votes.TraitsOf(t.Actor)))
                        .Sum(t => votes.Of(t.Actor) * t.WeightAt(Scenario.Now, state.Policy));
                    Assert.Equal(whole > 0 ? several / whole : 0, makeup.Elsewhere, 1e-4);
                    Assert.Equal(0, makeup.DifferenceFrom(makeup));
                    var read = StatePacking.ReadSummary(
                        StatePacking.PackSummary(state with { Makeup = makeup }),
                        state.Account,
                        state.Keys
                    );
                    Assert.Equal(makeup.People.AsEnumerable(), read.Makeup!.People.AsEnumerable());
                    Assert.Equal(makeup.ElsewhereParts, read.Makeup.ElsewhereParts);
                },
                iter: 3_000
            );

    private static Attention Sum(IEnumerable<Attention> parts) => parts.Aggregate(default(Attention), (sum, part) => sum.Plus(part));

    private sealed class Traits(int seed) : IVotes
    {
        public float Of(ulong actor) => (float)new Random((int)actor ^ seed).NextDouble() * 4;

        public byte TraitsOf(ulong actor) => (byte)new Random((int)actor ^ seed ^ 1).Next(12);
    }
}
