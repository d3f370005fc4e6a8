using System.Collections.Immutable;

namespace Influence.Scoring.Ledgers;

/// <summary>Every remembered fact by event day (days since 1970-01-01 UTC), in pages. Immutable.</summary>
/// <param name="days">The days that have facts.</param>
/// <param name="since">The day from which on nothing was forgotten; 0 when nothing ever was.</param>
internal sealed class Ledger(ImmutableSortedDictionary<int, PageSet<LedgerEntry>> days, int since = 0)
{
    public static Ledger Empty { get; } = new(ImmutableSortedDictionary<int, PageSet<LedgerEntry>>.Empty);

    public ImmutableSortedDictionary<int, PageSet<LedgerEntry>> Days => days;

    /// <summary>The first day of which the ledger holds every fact that counts; 0 while nothing was ever forgotten.</summary>
    public int Since => since;

    public static int DayOf(long at) => (int)(at / ScoringPolicy.Day);

    public PageSet<LedgerEntry> On(int day) => days.GetValueOrDefault(day, PageSet<LedgerEntry>.Empty);

    public Ledger With(int day, PageSet<LedgerEntry> pages) => new(pages.IsEmpty ? days.Remove(day) : days.SetItem(day, pages), since);

    /// <summary>Without the days before <paramref name="day"/>.</summary>
    public Ledger From(int day)
    {
        int[] gone = [.. days.Keys.Where(d => d < day)];
        return gone.Length == 0 ? this : new(days.RemoveRange(gone), Math.Max(since, gone[^1] + 1));
    }

    /// <summary>The same, said to be whole from a day on at the earliest: ties hold what is older.</summary>
    public Ledger WholeSince(int day) => day <= since ? this : new(days, day);

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
                    if (!entry.IsIncrement && entry.Actor == actor)
                        entries.Add(entry);
                }
            }
        }

        return entries;
    }

    /// <summary>The counter's increment of this key on a day; null for none.</summary>
    public LedgerEntry? FindIncrement(int day, ulong id)
    {
        var page = On(day).PageOf(id);
        for (var i = page.LowerBound(new UInt128(id, 0)); i < page.Count && (ulong)(page.KeyAt(i) >> 64) == id; i++)
            if (page[i] is { IsIncrement: true } entry)
                return entry;
        return null;
    }
}
