namespace Influence.Pipeline.Tests.Publish;

public sealed class RankTests
{
    private const string Board = "topic:net";
    private static readonly ScoreTrend Trend = ScoreTrend.Of([1]);

    [Fact]
    public void Gathered_in_any_ranges_the_ranks_are_those_of_a_plain_sort()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var size = random.Next(1, 60);
            // Few scores and fewer influences, so that most places are decided by the id.
            BoardEntry[] entries =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 200))
                    .Select(i => new BoardEntry(
                        AccountId.Parse($"net:{random.Next(10)}-{i}"),
                        1 + (random.Next(12) / 4.0),
                        random.Next(1, 3),
                        Trend: Trend.Text
                    )),
            ];
            var merged = Merge([.. entries.GroupBy(_ => random.Next(5)).Select(range => Pack(range, size))], size);

            var plain = entries
                .OrderByDescending(e => e.Score)
                .ThenByDescending(e => e.Influence)
                .ThenBy(e => e.Account.Value, StringComparer.Ordinal)
                .ToList();
            Assert.True(plain.Take(size).SequenceEqual(merged.Ranked()), $"seed {seed}");
            Assert.Equal(entries.Length, merged.Histogram.Total);
            foreach (var entry in entries)
            {
                Assert.Equal(
                    1 + entries.Count(e => e.Score > entry.Score),
                    merged.Histogram.RankOf(ScoreHistogram.PlaceOfScore(entry.Score))
                );
                Assert.Equal(
                    100.0 * entries.Count(e => e.Score <= entry.Score) / entries.Length,
                    merged.Histogram.PercentileOf(ScoreHistogram.PlaceOfScore(entry.Score)),
                    1e-9
                );
            }
        }
    }

    private static byte[] Pack(IEnumerable<BoardEntry> entries, int size)
    {
        var part = new BoardBuilder(new InfluenceOptions { BoardSize = size });
        foreach (var entry in entries)
            part.BoardOf(Board).Add(entry, Trend);
        return BoardCodec.Pack(part, default);
    }

    private static Board Merge(List<byte[]> parts, int size)
    {
        var all = new BoardBuilder(new InfluenceOptions { BoardSize = size });
        foreach (var part in parts)
            all.Add(BoardCodec.Read(part));
        return all.BoardOf(Board);
    }

    [Theory]
    // Half away from zero, as people round.
    [InlineData(1.149, 1.15)]
    [InlineData(1.145, 1.15)]
    [InlineData(99.995, 100)]
    public void Scores_that_are_shown_alike_share_a_rank(double one, double other)
    {
        var histogram = new ScoreHistogram();
        foreach (var score in new[] { one, other, 1 })
            histogram.Add(ScoreHistogram.PlaceOfScore(score));
        Assert.Equal(1, histogram.RankOf(ScoreHistogram.PlaceOfScore(one)));
        Assert.Equal(1, histogram.RankOf(ScoreHistogram.PlaceOfScore(other)));
        Assert.Equal(3, histogram.RankOf(ScoreHistogram.PlaceOfScore(1)));
    }

    [Fact]
    public void A_hundredth_apart_is_a_rank_apart()
    {
        for (var hundredths = 100; hundredths < 10_000; hundredths++)
            Assert.Equal(ScoreHistogram.PlaceOfScore(hundredths / 100.0) + 1, ScoreHistogram.PlaceOfScore((hundredths + 1) / 100.0));
    }
}
