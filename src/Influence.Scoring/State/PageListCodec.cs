using System.Numerics;

namespace Influence.Scoring.State;

/// <summary>The names of a set's pages inside a summary.</summary>
/// <remarks>
/// A count (i32), then for each page its splits (u8) and its start without trailing zero bytes: their number (u8) and the bytes, highest
/// first.
/// </remarks>
internal static class PageListCodec
{
    public static void Write<T>(ByteWriter to, PageSet<T> set)
        where T : struct, IRecord<T>
    {
        to.Int(set.Pages.Length);
        foreach (var page in set.Pages)
        {
            to.Byte(page.Splits);
            var bytes = 8 - (BitOperations.TrailingZeroCount(page.Start) / 8);
            to.Byte((byte)bytes);
            for (var shift = 56; shift > 56 - (8 * bytes); shift -= 8)
                to.Byte((byte)(page.Start >> shift));
        }
    }

    /// <exception cref="PageCorruptException">They are not what was written.</exception>
    public static PageSet<T> Read<T>(ref ByteReader from)
        where T : struct, IRecord<T>
    {
        var names = new (ulong, byte)[from.Count()];
        for (var i = 0; i < names.Length; i++)
        {
            var (splits, bytes, start) = (from.Byte(), from.Byte(), 0UL);
            if (bytes > 8)
                throw from.Corrupt("a page's name is too long");
            for (var shift = 56; shift > 56 - (8 * bytes); shift -= 8)
                start |= (ulong)from.Byte() << shift;
            names[i] = (start, splits);
        }

        return PageSet<T>.Unloaded(names);
    }
}
