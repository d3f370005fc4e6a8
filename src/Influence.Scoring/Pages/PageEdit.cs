using System.Buffers;

namespace Influence.Scoring.Pages;

/// <summary>One change to a set of pages: put a record in the place its key gives it, or take that one out.</summary>
internal readonly record struct PageEdit<T>(T Record, bool Remove)
    where T : struct, IRecord<T>
{
    public static PageEdit<T> Put(T record) => new(record, false);

    public static PageEdit<T> Take(T record) => new(record, true);
}

/// <summary>Merges sorted edits into a page in one pass: what lies between two edits is copied unread.</summary>
internal static class PageMerge
{
    public static PackedPage<T> Merge<T>(PackedPage<T> page, ReadOnlySpan<PageEdit<T>> edits, ulong start)
        where T : struct, IRecord<T>
    {
        var size = T.RecordSize;
        var old = page.Records;
        var buffer = ArrayPool<byte>.Shared.Rent(old.Length + (edits.Length * size));
        var contexts = new ContextIndex(page.Contexts);
        var (read, written) = (0, 0);
        foreach (ref readonly var edit in edits)
        {
            var key = edit.Record.Key;
            var place = page.LowerBoundNear(key, read);
            written += Copy(old[(read * size)..(place * size)], buffer, written);
            read = place < page.Count && page.KeyAt(place) == key ? place + 1 : place;
            if (edit.Remove)
                continue;
            edit.Record.Write(buffer.AsSpan(written, size), contexts.IndexOf(edit.Record.Context));
            written += size;
        }

        written += Copy(old[(read * size)..], buffer, written);
        var records = buffer.AsSpan(0, written).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return new PackedPage<T>(start, page.Splits, records, contexts.ToImmutable());
    }

    private static int Copy(ReadOnlySpan<byte> from, byte[] to, int at)
    {
        from.CopyTo(to.AsSpan(at));
        return from.Length;
    }
}
