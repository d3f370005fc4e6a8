using System.Globalization;

namespace Influence.Pipeline.Settle;

/// <summary>One of the equal parts that the 256 shards are cut into for a publication.</summary>
/// <param name="Index">Which, from 0.</param>
/// <param name="Count">How many there are, 1–256.</param>
internal readonly record struct ShardRange(int Index, int Count)
{
    private const int Shards = 256;

    public int First => Index * Shards / Count;

    public int End => (Index + 1) * Shards / Count;

    public static IEnumerable<ShardRange> All(int count) => Enumerable.Range(0, count).Select(i => new ShardRange(i, count));

    /// <summary>The part that a key's shard, its first byte, lies in.</summary>
    public static int IndexOf(ulong key, int count)
    {
        var shard = (int)(key >> 56);
        var index = shard * count / Shards;
        // Rounding may put a shard one part too low.
        return new ShardRange(index, count).End <= shard ? index + 1 : index;
    }

    public override string ToString() => Index.ToString("x2", CultureInfo.InvariantCulture);
}
