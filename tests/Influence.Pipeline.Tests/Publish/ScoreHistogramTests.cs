namespace Influence.Pipeline.Tests.Publish;

public sealed class ScoreHistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(60, 20)]
    // On both sides of what is held bucket by bucket.
    [InlineData(500, 9_901)]
    [InlineData(501, 9_901)]
    [InlineData(3_000, 400)]
    [InlineData(3_000, 9_901)]
    public void It_says_what_a_plain_list_of_scores_says(int accounts, int buckets)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var (scores, others) = (Scores(random, accounts, buckets), Scores(random, random.Next(accounts + 1), buckets));
            var (histogram, other) = (Of(scores), Of(others));
            AssertSays(scores, histogram, random);
            AssertSays(scores, ScoreHistogram.Read(histogram.Pack()), random);
            AssertSays(scores, ScoreHistogram.Of(histogram.Counted()), random);
            histogram.Add(other);
            AssertSays([.. scores, .. others], histogram, random);
            other.Add(Of(scores));
            Assert.Equal(histogram.Pack(), other.Pack());
        }
    }

    [Fact]
    public void Its_bytes_are_a_number_for_every_bucket_and_whatever_lies_outside_is_at_the_edge()
    {
        var packed = Of([-5, 1, 1.0049, 50.5, 99.996, 101]).Pack();
        Assert.Equal(9_901 * 4, packed.Length);
        Assert.Equal([0, 3, 4_950, 1, 9_900, 2], Of([-5, 1, 1.0049, 50.5, 99.996, 101]).Counted());
        Assert.Equal(
            (3, 1, 2),
            (BitConverter.ToInt32(packed, 0), BitConverter.ToInt32(packed, 4 * 4_950), BitConverter.ToInt32(packed, 4 * 9_900))
        );
    }

    [Fact]
    public void A_hundred_thousand_boards_of_one_account_each_are_small()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (boards, trend) = (new BoardBuilder(new InfluenceOptions()), ScoreTrend.Of([]));
        for (var i = 0; i < 100_000; i++)
            boards.BoardOf($"topic:{i}").Add(new BoardEntry(AccountId.Parse($"net:{i}"), 1 + (i % 99), 1), trend);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 130_000_000);
        Assert.Equal(100_000, boards.Boards.Keys.Count(b => b.StartsWith("topic:", StringComparison.Ordinal)));
    }

    private static ScoreHistogram Of(IEnumerable<double> scores)
    {
        var histogram = new ScoreHistogram();
        foreach (var score in scores)
            histogram.Add(ScoreHistogram.PlaceOfScore(score));
        return histogram;
    }

    // Well inside a bucket, so that the list needs no rounding.
    private static List<double> Scores(Random random, int count, int buckets) =>
        [.. Enumerable.Range(0, count).Select(_ => 1.002 + (random.Next(buckets) / 100.0))];

    private static void AssertSays(List<double> scores, ScoreHistogram histogram, Random random)
    {
        Assert.Equal(scores.Count, histogram.Total);
        var buckets = scores.GroupBy(s => (int)((s - 1) * 100)).OrderBy(g => g.Key);
        Assert.Equal(buckets.SelectMany(g => new[] { g.Key, g.Count() }), histogram.Counted());
        foreach (var score in scores.Take(20).Concat(Scores(random, 20, 9_901)))
        {
            // A bucket apart is 0.01 apart.
            Assert.Equal(1 + scores.Count(s => s > score + 0.005), histogram.RankOf(ScoreHistogram.PlaceOfScore(score)));
            Assert.Equal(
                scores.Count == 0 ? 0 : 100.0 * scores.Count(s => s < score + 0.005) / scores.Count,
                histogram.PercentileOf(ScoreHistogram.PlaceOfScore(score)),
                1e-9
            );
        }
    }
}
