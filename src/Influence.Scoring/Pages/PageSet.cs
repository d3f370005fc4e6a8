namespace Influence.Scoring.Pages;

/// <summary>
/// All pages of one kind, side by side over the whole range of keys. Immutable: an edit shares every page it did not touch.
/// </summary>
internal sealed class PageSet<T>
    where T : struct, IRecord<T>
{
    // A page numbers its contexts in 16 bits and splits only after it was merged, so no merge may bring more than that.
    private const int MostEditsAtOnce = 32_768;

    private readonly PackedPage<T>[] pages;

    private PageSet(PackedPage<T>[] pages) => this.pages = pages;

    public static PageSet<T> Empty { get; } = new([PackedPage<T>.Empty]);

    public ReadOnlySpan<PackedPage<T>> Pages => pages;

    /// <summary>Whether it holds nothing at all, known without loading only when it never split.</summary>
    public bool IsEmpty => pages.Length == 1 && pages[0].IsLoaded && pages[0].Count == 0;

    /// <summary>How deep each page lies, in key order: this alone gives every page's range. None where there is nothing to load.</summary>
    public byte[] Depths => IsEmpty ? [] : Array.ConvertAll(pages, p => p.Depth);

    /// <summary>The pages by name only, from <see cref="Depths"/>.</summary>
    /// <exception cref="PageCorruptException">The depths do not cover the range of keys exactly.</exception>
    public static PageSet<T> Unloaded(ReadOnlySpan<byte> depths)
    {
        if (depths.IsEmpty)
            return Empty;
        var pages = new PackedPage<T>[depths.Length];
        UInt128 start = 0;
        for (var i = 0; i < pages.Length; i++)
        {
            if (depths[i] > Page.MaxDepth || start > ulong.MaxValue)
                throw new PageCorruptException("list of pages", "it does not cover the keys");
            pages[i] = new PackedPage<T>((ulong)start, depths[i], null, []);
            start += UInt128.One << (64 - depths[i]);
        }

        return start == UInt128.One << 64
            ? new PageSet<T>(pages)
            : throw new PageCorruptException("list of pages", "it does not cover the keys");
    }

    /// <summary>The page that a key belongs to.</summary>
    public PackedPage<T> PageOf(ulong key) => pages[IndexOf(key)];

    /// <summary>The pages that hold any key of an inclusive range.</summary>
    public ReadOnlySpan<PackedPage<T>> PagesOf(ulong first, ulong last)
    {
        var from = IndexOf(first);
        return pages.AsSpan(from, IndexOf(last) - from + 1);
    }

    /// <summary>Every record in key order.</summary>
    /// <exception cref="PageNotLoadedException">A page is not loaded.</exception>
    public IEnumerable<T> Records()
    {
        foreach (var page in pages)
        {
            if (!page.IsLoaded)
                throw new PageNotLoadedException($"{T.Layout.Kind} from {page.Start:x16}");
            for (var i = 0; i < page.Count; i++)
                yield return page[i];
        }
    }

    /// <summary>Every record of the pages that are loaded, in key order.</summary>
    public IEnumerable<T> LoadedRecords()
    {
        foreach (var page in pages)
            if (page.IsLoaded)
                for (var i = 0; i < page.Count; i++)
                    yield return page[i];
    }

    public bool TryFind(UInt128 key, out T record) => PageOf((ulong)(key >> 64)).TryFind(key, out record);

    /// <summary>Puts a page that was loaded where its name says.</summary>
    /// <exception cref="PageMismatchException">
    /// The page split, or was not yet split, when it was loaded: it is of another moment than the state.
    /// </exception>
    public PageSet<T> With(PackedPage<T> page)
    {
        var index = IndexOf(page.Start);
        if (pages[index].Start != page.Start || pages[index].Depth != page.Depth)
            throw new PageMismatchException(page.Start);
        var copy = (PackedPage<T>[])pages.Clone();
        copy[index] = page;
        return new PageSet<T>(copy);
    }

    /// <summary>Applies edits that are sorted by key, one per key.</summary>
    /// <exception cref="PageNotLoadedException">A page to edit is not loaded.</exception>
    public PageSet<T> Edit(ReadOnlySpan<PageEdit<T>> edits)
    {
        var set = this;
        for (; edits.Length > MostEditsAtOnce; edits = edits[MostEditsAtOnce..])
            set = set.Merge(edits[..MostEditsAtOnce]);
        return edits.IsEmpty ? set : set.Merge(edits);
    }

    private PageSet<T> Merge(ReadOnlySpan<PageEdit<T>> edits)
    {
        var edited = new List<PackedPage<T>>(pages.Length + 1);
        foreach (var page in pages)
        {
            var length = edits.Length == 0 || (ulong)(edits[0].Record.Key >> 64) > page.End ? 0 : CountUpTo(edits, page.End);
            if (length == 0)
                edited.Add(page);
            else
                PageSplit.Split(PageMerge.Merge(page, edits[..length]), edited);
            edits = edits[length..];
        }

        return new PageSet<T>([.. edited]);
    }

    private static int CountUpTo(ReadOnlySpan<PageEdit<T>> edits, ulong end)
    {
        var count = 0;
        while (count < edits.Length && (ulong)(edits[count].Record.Key >> 64) <= end)
            count++;
        return count;
    }

    private int IndexOf(ulong key)
    {
        var (from, to) = (0, pages.Length - 1);
        while (from < to)
        {
            var middle = (from + to + 1) >>> 1;
            if (pages[middle].Start > key)
                to = middle - 1;
            else
                from = middle;
        }

        return from;
    }
}
