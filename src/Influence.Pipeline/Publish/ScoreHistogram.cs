using System.Buffers.Binary;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Histogram: how many accounts have each score, by 0.01 of a point. Gives anyone's competition rank and percentile at once.
/// </summary>
/// <remarks>
/// Stored as 9,901 little-endian i32, for the scores 1.00 to 100.00, or the gains 0.00 to 99.00. In memory only the buckets that hold
/// anyone, until there are many: anyone may name a topic, so there are boards without number that rank one account each.
/// </remarks>
internal sealed class ScoreHistogram
{
    private const int Buckets = 9901;

    // Beyond these the array is hardly larger, and much quicker.
    private const int MostSparse = 500;

    private readonly SortedList<int, int> sparse = [];
    private int[]? dense;

    public int Total { get; private set; }

    /// <summary>
    /// A score, or a gain, as it is shown: in whole hundredths of a point, half away from zero. Ranks, percentiles and pages go by this
    /// figure alone.
    /// </summary>
    /// <remarks>By way of the 4 decimals that answers tell, so that who rounds what was told finds the same.</remarks>
    public static int Hundredths(double score) =>
        (int)Math.Round(Math.Round(score * 10_000, MidpointRounding.AwayFromZero) / 100, MidpointRounding.AwayFromZero);

    /// <summary>Where a score, 1–100, stands.</summary>
    public static int PlaceOfScore(double score) => Math.Clamp(Hundredths(score) - 100, 0, Buckets - 1);

    /// <summary>Where a gain, 0–99 points, stands in a histogram of gains.</summary>
    public static int PlaceOfGain(double gain) => Math.Clamp(Hundredths(gain), 0, Buckets - 1);

    /// <summary>Counts an account at a place.</summary>
    public void Add(int place) => Add(place, 1);

    public void Add(ScoreHistogram other)
    {
        foreach (var (bucket, count) in other.Held())
            Add(bucket, count);
    }

    /// <summary>The rank of a place: 1 + how many accounts stand higher. The one definition of a rank.</summary>
    public int RankOf(int place)
    {
        var (bucket, higher) = (place, 0);
        if (dense is not null)
            for (var i = bucket + 1; i < Buckets; i++)
                higher += dense[i];
        else
            for (var i = sparse.Count - 1; i >= 0 && sparse.GetKeyAtIndex(i) > bucket; i--)
                higher += sparse.GetValueAtIndex(i);
        return higher + 1;
    }

    /// <summary>The percentage of accounts that a place is not below, 0–100.</summary>
    public double PercentileOf(int place) => Total == 0 ? 0 : 100.0 * (Total - RankOf(place) + 1) / Total;

    public byte[] Pack()
    {
        var packed = new byte[Buckets * sizeof(int)];
        foreach (var (bucket, count) in Held())
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(bucket * sizeof(int)), count);
        return packed;
    }

    public static ScoreHistogram Read(ReadOnlySpan<byte> packed)
    {
        var counts = new int[Buckets];
        var histogram = new ScoreHistogram { dense = counts };
        for (var i = 0; i < Buckets && packed.Length >= (i + 1) * sizeof(int); i++)
        {
            counts[i] = BinaryPrimitives.ReadInt32LittleEndian(packed[(i * sizeof(int))..]);
            histogram.Total += counts[i];
        }

        return histogram;
    }

    /// <summary>Bucket and count, alternating, of the buckets that hold anyone.</summary>
    public int[] Counted() => [.. Held().SelectMany(h => new[] { h.Key, h.Value })];

    /// <summary>The inverse of <see cref="Counted"/>.</summary>
    public static ScoreHistogram Of(int[] counted)
    {
        var histogram = new ScoreHistogram();
        for (var i = 0; i + 1 < counted.Length; i += 2)
            histogram.Add(counted[i], counted[i + 1]);
        return histogram;
    }

    private void Add(int bucket, int count)
    {
        Total += count;
        if (dense is not null)
            dense[bucket] += count;
        else
            sparse[bucket] = sparse.GetValueOrDefault(bucket) + count;
        if (dense is null && sparse.Count > MostSparse)
            Spread();
    }

    private void Spread()
    {
        dense = new int[Buckets];
        foreach (var (bucket, count) in sparse)
            dense[bucket] = count;
        sparse.Clear();
        sparse.TrimExcess();
    }

    // In the order of buckets.
    private IEnumerable<KeyValuePair<int, int>> Held() =>
        dense is null ? sparse : dense.Select((count, bucket) => KeyValuePair.Create(bucket, count)).Where(h => h.Value > 0);
}
