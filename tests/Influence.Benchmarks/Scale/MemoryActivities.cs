using System.Runtime.InteropServices;

namespace Influence.Benchmarks.Scale;

/// <summary>The pages of activity in memory, as many as a fold would make of them.</summary>
/// <remarks>Outside the managed heap, as they are in production.</remarks>
internal sealed class MemoryActivities : IDisposable
{
    private const int PageBytes = 16 * 1024;
    private const int BytesOfAnActor = 100;

    private readonly nint[] pages;
    private readonly int[] lengths;
    private readonly int bits;

    private MemoryActivities(int bits) => (this.bits, pages, lengths) = (bits, new nint[1 << bits], new int[1 << bits]);

    public long Bytes => lengths.Sum(l => (long)l);

    public static MemoryActivities Of(Population population)
    {
        var bits = 8;
        while ((long)population.Accounts.Length * BytesOfAnActor > (long)PageBytes << bits)
            bits++;
        var made = new MemoryActivities(bits);
        var ranks = Enumerable
            .Range(0, population.Accounts.Length)
            .Select(rank => (Key: Facts.Keys.KeyOf(population.Accounts[rank]), Rank: rank));
        foreach (var page in ranks.GroupBy(a => ActivityPage.IndexOf(a.Key, bits)))
            made.Put(
                page.Key,
                ActivityPage.Pack(page.Select(a => KeyValuePair.Create(a.Key, population.ActivityOf(a.Rank))), page.Key, bits)
            );
        return made;
    }

    public OwnActivities Of(ShardRange range)
    {
        var own = new OwnActivities(Activity.DayOf(Population.Now));
        for (var index = range.First << (bits - 8); index < range.End << (bits - 8); index++)
            if (lengths[index] > 0)
                foreach (var (actor, activity) in ActivityPage.Read(PageOf(index), (uint)index, bits))
                    own.Add(actor, activity);
        return own;
    }

    public unsafe void Dispose()
    {
        foreach (var page in pages)
            NativeMemory.Free((void*)page);
    }

    private unsafe ReadOnlySpan<byte> PageOf(int index) => new((void*)pages[index], lengths[index]);

    private unsafe void Put(uint index, byte[] packed)
    {
        (pages[index], lengths[index]) = ((nint)NativeMemory.Alloc((nuint)packed.Length), packed.Length);
        packed.CopyTo(new Span<byte>((void*)pages[index], packed.Length));
    }
}
