using System.Runtime.InteropServices;

namespace Influence.Pipeline.Settle;

/// <summary>
/// Values by actor's or account's key, in bytes, little-endian. A version byte, then key (u64) and value side by side, in key order.
/// </summary>
internal static class KeyedValueCodec
{
    private const byte Version = 1;

    public static byte[] Pack<T>(IEnumerable<KeyValuePair<ulong, T>> values)
        where T : unmanaged
    {
        var (keys, sorted) = Sort([.. values]);
        return Pack<T>(keys, sorted);
    }

    /// <summary>Packs the values of each range of shards by themselves.</summary>
    public static IEnumerable<(ShardRange Range, byte[] Packed)> PackByRange<T>(
        IReadOnlyCollection<KeyValuePair<ulong, T>> values,
        int ranges
    )
        where T : unmanaged
    {
        var (keys, sorted) = Sort(values);
        var from = 0;
        foreach (var range in ShardRange.All(ranges))
        {
            // A range is a stretch of keys.
            var to = range.End == 256 ? keys.Length : Array.BinarySearch(keys, (ulong)range.End << 56);
            if (to < 0)
                to = ~to;
            yield return (range, Pack<T>(keys.AsSpan(from..to), sorted.AsSpan(from..to)));
            from = to;
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not what packing makes.</exception>
    public static IEnumerable<KeyValuePair<ulong, T>> Read<T>(byte[] packed)
        where T : unmanaged
    {
        var size = Size<T>();
        if (packed.Length == 0 || packed[0] != Version || (packed.Length - 1) % size != 0)
            throw new InvalidDataException("A partial result of a settlement cannot be read.");
        for (var at = 1; at < packed.Length; at += size)
            yield return One<T>(packed.AsSpan(at, size));
    }

    private static KeyValuePair<ulong, T> One<T>(ReadOnlySpan<byte> slot)
        where T : unmanaged => new(MemoryMarshal.Read<ulong>(slot), MemoryMarshal.Read<T>(slot[sizeof(ulong)..]));

    private static (ulong[] Keys, T[] Values) Sort<T>(IReadOnlyCollection<KeyValuePair<ulong, T>> values)
    {
        var (keys, sorted, i) = (new ulong[values.Count], new T[values.Count], 0);
        foreach (var (key, value) in values)
            (keys[i], sorted[i++]) = (key, value);
        Array.Sort(keys, sorted);
        return (keys, sorted);
    }

    private static byte[] Pack<T>(ReadOnlySpan<ulong> keys, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var size = Size<T>();
        var packed = new byte[1 + (keys.Length * size)];
        packed[0] = Version;
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = packed.AsSpan(1 + (i * size), size);
            MemoryMarshal.Write(slot, keys[i]);
            MemoryMarshal.Write(slot[sizeof(ulong)..], values[i]);
        }

        return packed;
    }

    private static int Size<T>()
        where T : unmanaged => sizeof(ulong) + System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
