namespace Influence.Scoring.Pages;

/// <summary>Halves a page by key until each part is small enough to be a table property.</summary>
internal static class PageSplit
{
    /// <summary>Largest packed page, bytes: well under the 64 KiB of a table property.</summary>
    public const int MaxBytes = 48 * 1024;

    public static void Split<T>(PackedPage<T> page, List<PackedPage<T>> into)
        where T : struct, IRecord<T>
    {
        if (page.PackedSize <= MaxBytes || page.Depth == Page.MaxDepth)
        {
            into.Add(page);
            return;
        }

        var depth = (byte)(page.Depth + 1);
        var upper = page.Start + (1UL << (64 - depth));
        var cut = page.LowerBound(new UInt128(upper, 0));
        Split(Part(page, page.Start, depth, 0, cut), into);
        Split(Part(page, upper, depth, cut, page.Count), into);
    }

    private static PackedPage<T> Part<T>(PackedPage<T> page, ulong start, byte depth, int from, int to)
        where T : struct, IRecord<T>
    {
        var size = T.Layout.RecordSize;
        if (page.Contexts.IsEmpty)
            return new(start, depth, page.Records[(from * size)..(to * size)].ToArray(), []);
        var records = new byte[(to - from) * size];
        var contexts = new ContextIndex([]);
        for (var i = from; i < to; i++)
        {
            var record = page[i];
            record.Write(records.AsSpan((i - from) * size, size), contexts.IndexOf(record.Context));
        }

        return new(start, depth, records, contexts.ToImmutable());
    }
}
