namespace Influence.Scoring.Pages;

/// <summary>All pages of one kind, side by side over the whole range of keys; none is empty. Immutable.</summary>
/// <remarks>An edit shares every page it did not touch. Without records there are no pages.</remarks>
internal sealed class PageSet<T>
    where T : struct, IRecord<T>
{
    // A page numbers its contexts in 16 bits and splits only after it was merged, so no merge may bring more than that.
    private const int MostEditsAtOnce = 32_768;

    private readonly PackedPage<T>[] pages;

    private PageSet(PackedPage<T>[] pages) => this.pages = pages;

    public static PageSet<T> Empty { get; } = new([]);

    public ReadOnlySpan<PackedPage<T>> Pages => pages;

    /// <summary>Whether it holds nothing at all; known without loading.</summary>
    public bool IsEmpty => pages.Length == 0;

    /// <summary>Pages by name only.</summary>
    /// <exception cref="PageCorruptException">They are not in order.</exception>
    public static PageSet<T> Unloaded(ReadOnlySpan<(ulong Start, byte Splits)> names)
    {
        var pages = new PackedPage<T>[names.Length];
        for (var i = 0; i < pages.Length; i++)
        {
            if (i > 0 && names[i].Start <= names[i - 1].Start)
                throw new PageCorruptException("list of pages", "it is out of order");
            pages[i] = new PackedPage<T>(names[i].Start, names[i].Splits, null, []);
        }

        return pages.Length == 0 ? Empty : new PageSet<T>(pages);
    }

    /// <summary>The page that a key belongs to, or would.</summary>
    public PackedPage<T> PageOf(ulong key) => IsEmpty ? PackedPage<T>.Empty : pages[IndexOf(key)];

    /// <summary>The pages that hold any key of an inclusive range.</summary>
    public ReadOnlySpan<PackedPage<T>> PagesOf(ulong first, ulong last) => IsEmpty ? [] : pages.AsSpan(IndexOf(first)..(IndexOf(last) + 1));

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
    /// <exception cref="PageMismatchException">The page is of another moment than the state.</exception>
    public PageSet<T> With(PackedPage<T> page)
    {
        var index = IsEmpty ? 0 : IndexOf(page.Start);
        if (IsEmpty || pages[index].Start != page.Start || pages[index].Splits != page.Splits || !IsWithin(page, index))
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
        if (IsEmpty)
            Merge(PackedPage<T>.Empty, edits, edited);
        for (var i = 0; i < pages.Length; i++)
        {
            var length = CountUpTo(edits, EndOf(i));
            if (length > 0)
                Merge(pages[i], edits[..length], edited);
            // An older version of this app stored empty pages: they leave with the first edit that sees them.
            else if (!pages[i].IsLoaded || pages[i].Count > 0)
                edited.Add(pages[i]);
            edits = edits[length..];
        }

        return edited.Count == 0 ? Empty : new PageSet<T>([.. edited]);
    }

    private static void Merge(PackedPage<T> page, ReadOnlySpan<PageEdit<T>> edits, List<PackedPage<T>> into)
    {
        // A page that came first when those before it emptied takes keys below its name: it is renamed, since a split sorts by name.
        var merged = PageMerge.Merge(page, edits, start: into.Count == 0 ? 0 : page.Start);
        if (merged.Count > 0)
            PageSplit.Split(merged, into);
    }

    private static int CountUpTo(ReadOnlySpan<PageEdit<T>> edits, ulong end)
    {
        var count = 0;
        while (count < edits.Length && (ulong)(edits[count].Record.Key >> 64) <= end)
            count++;
        return count;
    }

    private ulong EndOf(int index) => index == pages.Length - 1 ? ulong.MaxValue : pages[index + 1].Start - 1;

    private bool IsWithin(PackedPage<T> page, int index) =>
        page.Count == 0
        || ((index == 0 || (ulong)(page.KeyAt(0) >> 64) >= page.Start) && (ulong)(page.KeyAt(page.Count - 1) >> 64) <= EndOf(index));

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
