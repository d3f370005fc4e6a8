namespace Influence.Scoring.State;

/// <summary>A state in bytes: one summary, which is all a score card needs, and packed pages beside it.</summary>
public static class StatePacking
{
    /// <summary>Packs all but the content of the pages; typically 0.3–3 KiB.</summary>
    public static byte[] PackSummary(AccountState state) => SummaryCodec.Pack(state);

    /// <summary>The inverse of <see cref="PackSummary"/>; every page is known by name only.</summary>
    /// <param name="packed">The bytes of a summary.</param>
    /// <param name="account">Whose state it is.</param>
    /// <param name="keys">The deployment's keys.</param>
    /// <exception cref="PageCorruptException">
    /// The bytes are not a summary of this account under these keys, or of a policy or layout not known here.
    /// </exception>
    public static AccountState ReadSummary(ReadOnlySpan<byte> packed, AccountId account, KeyHasher keys) =>
        SummaryCodec.Read(packed, account, keys);

    /// <summary>All pages by name, in a fixed order; a page object is the same as long as its content is.</summary>
    public static IEnumerable<KeyValuePair<PageName, Page>> PagesOf(AccountState state)
    {
        foreach (var page in state.Ties.Pages.ToArray())
            yield return new(new(PageKind.Ties, 0, page.Start), page);
        foreach (var page in state.Undone.Pages.ToArray())
            yield return new(new(PageKind.Undone, 0, page.Start), page);
        foreach (var (day, pages) in state.Ledger.Days)
        foreach (var page in pages.Pages.ToArray())
            yield return new(new(PageKind.Ledger, day, page.Start), page);
    }

    /// <summary>Packs a page of a state under its owner's key.</summary>
    /// <exception cref="PageNotLoadedException">The page is not loaded.</exception>
    public static byte[] PackPage(AccountState state, Page page) => page.Pack(state.Key);

    /// <summary>Puts a page that was read into its place.</summary>
    /// <param name="state">The state that knows it by name.</param>
    /// <param name="name">Its name.</param>
    /// <param name="packed">Its bytes.</param>
    /// <exception cref="PageCorruptException">The bytes are not this page of this account.</exception>
    /// <exception cref="PageMismatchException">The page is of another moment than the state: read both again.</exception>
    public static AccountState WithPage(AccountState state, PageName name, ReadOnlySpan<byte> packed)
    {
        switch (name.Kind)
        {
            case PageKind.Ties:
                return state with { Ties = state.Ties.With(Named(PageReader.Read<Tie>(packed, state.Key), name)) };
            case PageKind.Undone:
                return state with { Undone = state.Undone.With(Named(PageReader.Read<UndoneEntry>(packed, state.Key), name)) };
            default:
                var page = Named(PageReader.Read<LedgerEntry>(packed, state.Key), name);
                if (IsOfAnotherDay(page, name.Day))
                    throw new PageCorruptException("Ledger page", "it is of another day");
                if (!state.Ledger.Days.ContainsKey(name.Day))
                    throw new PageMismatchException(name.Start);
                return state with { Ledger = state.Ledger.With(name.Day, state.Ledger.On(name.Day).With(page)) };
        }
    }

    private static bool IsOfAnotherDay(PackedPage<LedgerEntry> page, int day)
    {
        for (var i = 0; i < page.Count; i++)
            if (Ledger.DayOf(page[i].At) != day)
                return true;
        return false;
    }

    private static PackedPage<T> Named<T>(PackedPage<T> page, PageName name)
        where T : struct, IRecord<T> =>
        page.Start == name.Start ? page : throw new PageCorruptException($"{name.Kind} page", "it is another page of the account");
}
