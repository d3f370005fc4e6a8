using System.Collections.Immutable;

namespace Influence.Scoring;

/// <summary>Every fact of the window by event day (days since 1970-01-01 UTC), in pages. Immutable.</summary>
internal sealed class LedgerBook(ImmutableSortedDictionary<int, PageSet<LedgerEntry>> days)
{
    public static LedgerBook Empty { get; } = new(ImmutableSortedDictionary<int, PageSet<LedgerEntry>>.Empty);

    public ImmutableSortedDictionary<int, PageSet<LedgerEntry>> Days => days;

    public static int DayOf(long at) => (int)(at / ScoringPolicy.Day);

    public PageSet<LedgerEntry> On(int day) => days.GetValueOrDefault(day, PageSet<LedgerEntry>.Empty);

    public LedgerBook With(int day, PageSet<LedgerEntry> pages) =>
        new(pages.IsEmpty ? days.Remove(day) : days.SetItem(day, pages));

    /// <summary>Everything one actor did, oldest day first.</summary>
    /// <exception cref="PageNotLoadedException">A page that may hold some of it is not loaded.</exception>
    public List<LedgerEntry> Of(ulong actor)
    {
        var (first, last) = (LedgerEntry.FirstSlotOf(actor), LedgerEntry.LastSlotOf(actor));
        var entries = new List<LedgerEntry>();
        foreach (var (_, day) in days)
        {
            foreach (var page in day.PagesOf(first, last))
            {
                for (var i = page.LowerBound(new UInt128(first, 0)); i < page.Count && (ulong)(page.KeyAt(i) >> 64) <= last; i++)
                {
                    var entry = page[i];
                    if (!entry.IsIncrement && entry.Actor == actor) entries.Add(entry);
                }
            }
        }

        return entries;
    }

    /// <summary>Whether a counter's increment of this key is known on a day.</summary>
    public bool HoldsIncrement(int day, ulong id)
    {
        var page = On(day).PageOf(id);
        for (var i = page.LowerBound(new UInt128(id, 0)); i < page.Count && (ulong)(page.KeyAt(i) >> 64) == id; i++)
            if (page[i].IsIncrement) return true;
        return false;
    }
}
