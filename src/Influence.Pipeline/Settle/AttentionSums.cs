using System.Runtime.InteropServices;

namespace Influence.Pipeline.Settle;

/// <summary>What actors spent of their attention, summed by shard.</summary>
/// <remarks>Many small dictionaries: one large one is copied whole each time it grows.</remarks>
internal sealed class AttentionSums
{
    private readonly Dictionary<ulong, Attention>?[] byShard = new Dictionary<ulong, Attention>?[256];

    /// <summary>The sums that an actor's is one of.</summary>
    public Dictionary<ulong, Attention> Of(ulong actor) => byShard[actor >> 56] ??= [];

    /// <summary>Adds sums that were packed.</summary>
    public void Add(byte[] packed)
    {
        foreach (var (actor, spent) in KeyedValueCodec.Read<Attention>(packed))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(Of(actor), actor, out _);
            sum = sum.Plus(spent);
        }
    }

    /// <summary>The sums of a range of actors, packed.</summary>
    public byte[] Pack(ShardRange actors)
    {
        var sums = byShard[actors.First..actors.End].OfType<Dictionary<ulong, Attention>>().ToList();
        return KeyedValueCodec.PackSorted(sums.SelectMany(s => s.OrderBy(v => v.Key)), sums.Sum(s => s.Count));
    }
}
