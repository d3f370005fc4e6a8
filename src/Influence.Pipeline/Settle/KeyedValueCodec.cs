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
        List<KeyValuePair<ulong, T>> sorted = [.. values];
        sorted.Sort((a, b) => a.Key.CompareTo(b.Key));
        return PackSorted(sorted, sorted.Count);
    }

    /// <summary>Packs values that come in key order, and how many they are.</summary>
    public static byte[] PackSorted<T>(IEnumerable<KeyValuePair<ulong, T>> values, int count)
        where T : unmanaged
    {
        var (size, at) = (Size<T>(), 1);
        var packed = new byte[1 + (count * size)];
        packed[0] = Version;
        foreach (var (key, value) in values)
        {
            var slot = packed.AsSpan(at, size);
            MemoryMarshal.Write(slot, key);
            MemoryMarshal.Write(slot[sizeof(ulong)..], value);
            at += size;
        }

        return packed;
    }

    /// <exception cref="InvalidDataException">The bytes are not what packing makes.</exception>
    public static IEnumerable<KeyValuePair<ulong, T>> Read<T>(byte[] packed)
        where T : unmanaged
    {
        var count = CountOf<T>(packed);
        for (var i = 0; i < count; i++)
            yield return new(KeyAt<T>(packed, i), ValueAt<T>(packed, i));
    }

    /// <summary>Every key of either, ascending, with both values; another value where one has none.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IEnumerable<(ulong Key, TFirst First, TSecond Second)> Join<TFirst, TSecond>(
        byte[] first,
        TFirst noFirst,
        byte[] second,
        TSecond noSecond
    )
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        var (i, j, firsts, seconds) = (0, 0, CountOf<TFirst>(first), CountOf<TSecond>(second));
        while (i < firsts || j < seconds)
        {
            var own = i < firsts ? KeyAt<TFirst>(first, i) : ulong.MaxValue;
            var other = j < seconds ? KeyAt<TSecond>(second, j) : ulong.MaxValue;
            var key = Math.Min(own, other);
            yield return (
                key,
                i < firsts && own == key ? ValueAt<TFirst>(first, i++) : noFirst,
                j < seconds && other == key ? ValueAt<TSecond>(second, j++) : noSecond
            );
        }
    }

    /// <summary>All keys, ascending, and their values.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static (ulong[] Keys, T[] Values) ReadAll<T>(byte[] packed)
        where T : unmanaged
    {
        var (keys, values) = (new ulong[CountOf<T>(packed)], new T[CountOf<T>(packed)]);
        for (var i = 0; i < keys.Length; i++)
            (keys[i], values[i]) = (KeyAt<T>(packed, i), ValueAt<T>(packed, i));
        return (keys, values);
    }

    /// <summary>The value of one key; another where it has none.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static T Find<T>(byte[] packed, ulong key, T otherwise)
        where T : unmanaged
    {
        var (from, to) = (0, CountOf<T>(packed));
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            var found = KeyAt<T>(packed, middle);
            if (found == key)
                return ValueAt<T>(packed, middle);
            if (found < key)
                from = middle + 1;
            else
                to = middle;
        }

        return otherwise;
    }

    /// <summary>How many values there are.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static int CountOf<T>(byte[] packed)
        where T : unmanaged
    {
        var size = Size<T>();
        if (packed.Length == 0 || packed[0] != Version || (packed.Length - 1) % size != 0)
            throw new InvalidDataException("A partial result of a settlement cannot be read.");
        return (packed.Length - 1) / size;
    }

    private static ulong KeyAt<T>(byte[] packed, int index)
        where T : unmanaged => MemoryMarshal.Read<ulong>(packed.AsSpan(1 + (index * Size<T>())));

    private static T ValueAt<T>(byte[] packed, int index)
        where T : unmanaged => MemoryMarshal.Read<T>(packed.AsSpan(1 + (index * Size<T>()) + sizeof(ulong)));

    private static int Size<T>()
        where T : unmanaged => sizeof(ulong) + System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
