using System.Runtime.InteropServices;

namespace Influence.Pipeline;

/// <summary>Values by actor's or account's key in bytes: a version byte, then key (u64) and value side by side, in key order. Little-endian.</summary>
internal static class KeyedPack
{
    private const byte Version = 1;

    public static byte[] Pack<T>(IEnumerable<KeyValuePair<ulong, T>> values) where T : unmanaged
    {
        KeyValuePair<ulong, T>[] sorted = [.. values];
        Array.Sort(sorted, (a, b) => a.Key.CompareTo(b.Key));
        var size = Size<T>();
        var packed = new byte[1 + (sorted.Length * size)];
        packed[0] = Version;
        for (var i = 0; i < sorted.Length; i++)
        {
            var slot = packed.AsSpan(1 + (i * size), size);
            var (key, value) = sorted[i];
            MemoryMarshal.Write(slot, key);
            MemoryMarshal.Write(slot[sizeof(ulong)..], value);
        }

        return packed;
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Pack"/> makes.</exception>
    public static IEnumerable<KeyValuePair<ulong, T>> Read<T>(byte[] packed) where T : unmanaged
    {
        var size = Size<T>();
        if (packed.Length == 0 || packed[0] != Version || (packed.Length - 1) % size != 0) throw new InvalidDataException("A partial result of a settlement cannot be read.");
        for (var at = 1; at < packed.Length; at += size) yield return One<T>(packed.AsSpan(at, size));
    }

    private static KeyValuePair<ulong, T> One<T>(ReadOnlySpan<byte> slot) where T : unmanaged =>
        new(MemoryMarshal.Read<ulong>(slot), MemoryMarshal.Read<T>(slot[sizeof(ulong)..]));

    private static int Size<T>() where T : unmanaged => sizeof(ulong) + System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
