using System.Buffers.Binary;

namespace Influence.Pipeline;

/// <summary>How many accounts have each score, by 0.01 of a point: gives anyone's competition rank and percentile at once.</summary>
/// <remarks>Stored as 9,901 little-endian i32, for the scores 1.00 to 100.00.</remarks>
internal sealed class ScoreHistogram
{
    private const int Buckets = 9901;
    private readonly int[] counts = new int[Buckets];

    public int Total { get; private set; }

    public void Add(double score)
    {
        counts[BucketOf(score)]++;
        Total++;
    }

    public void Add(ScoreHistogram other)
    {
        for (var i = 0; i < Buckets; i++) counts[i] += other.counts[i];
        Total += other.Total;
    }

    /// <summary>1 + how many have a higher score, to the 0.01.</summary>
    public int RankOf(double score)
    {
        var higher = 0;
        for (var i = BucketOf(score) + 1; i < Buckets; i++) higher += counts[i];
        return higher + 1;
    }

    /// <summary>The percentage of accounts that this score is not below, 0–100.</summary>
    public double PercentileOf(double score) => Total == 0 ? 0 : 100.0 * (Total - RankOf(score) + 1) / Total;

    public byte[] Pack()
    {
        var packed = new byte[Buckets * sizeof(int)];
        for (var i = 0; i < Buckets; i++) BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(i * sizeof(int)), counts[i]);
        return packed;
    }

    public static ScoreHistogram Read(ReadOnlySpan<byte> packed)
    {
        var histogram = new ScoreHistogram();
        for (var i = 0; i < Buckets && packed.Length >= (i + 1) * sizeof(int); i++)
        {
            histogram.counts[i] = BinaryPrimitives.ReadInt32LittleEndian(packed[(i * sizeof(int))..]);
            histogram.Total += histogram.counts[i];
        }

        return histogram;
    }

    /// <summary>Bucket and count, alternating, of the buckets that hold anyone.</summary>
    public int[] Counted() => [.. Enumerable.Range(0, Buckets).Where(i => counts[i] > 0).SelectMany(i => new[] { i, counts[i] })];

    /// <summary>The inverse of <see cref="Counted"/>.</summary>
    public static ScoreHistogram Of(int[] counted)
    {
        var histogram = new ScoreHistogram();
        for (var i = 0; i + 1 < counted.Length; i += 2)
        {
            histogram.counts[counted[i]] += counted[i + 1];
            histogram.Total += counted[i + 1];
        }

        return histogram;
    }

    private static int BucketOf(double score) => Math.Clamp((int)Math.Floor((score - 1) * 100), 0, Buckets - 1);
}
