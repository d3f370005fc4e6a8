namespace Influence.Scoring.Update;

/// <summary>Which pages of a state a batch of facts touches: to be loaded before <see cref="AccountUpdate.Apply"/>.</summary>
public static class PageNeeds
{
    /// <summary>The names of pages that the batch touches and that are not loaded, each once. For one interaction: at most five.</summary>
    /// <param name="state">The state.</param>
    /// <param name="facts">The batch.</param>
    /// <param name="isImport">Whether its interactions are lines of an import.</param>
    public static IReadOnlyCollection<PageName> Of(AccountState state, IEnumerable<Fact> facts, bool isImport = false)
    {
        var needs = new HashSet<PageName>();
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case Interaction i:
                    NeedInteraction(state, i, isImport, needs);
                    break;
                case Undo u:
                    NeedUndo(state, u.Original, needs);
                    break;
                case MetricReport { Counts: not null } m:
                    var day = Ledger.DayOf(m.At);
                    Need(PageKind.Ledger, day, state.Ledger.On(day).PageOf(state.Keys.KeyOf(m)), needs);
                    break;
            }
        }

        return needs;
    }

    private static void NeedInteraction(AccountState state, Interaction interaction, bool isImport, HashSet<PageName> needs)
    {
        var (actor, id, day) = (state.Keys.KeyOf(interaction.Actor), state.Keys.KeyOf(interaction), Ledger.DayOf(interaction.At));
        var slot = LedgerEntry.SlotOf(actor, id);
        Need(PageKind.Ties, 0, state.Ties.PageOf(actor), needs);
        Need(PageKind.Ledger, day, state.Ledger.On(day).PageOf(slot), needs);
        if (state.Undone.IsEmpty)
            return;
        Need(PageKind.Undone, 0, state.Undone.PageOf(id), needs);
        Need(PageKind.Undone, 0, state.Undone.PageOf(state.Keys.KeyOf(actor, state.Keys.ContentOf(interaction))), needs);
        Need(PageKind.Undone, 0, state.Undone.PageOf(state.Keys.OldKeyOf(id, day)), needs);
        if (isImport)
            Need(PageKind.Undone, 0, state.Undone.PageOf(state.Keys.ImportKeyOf(id, day)), needs);
    }

    // The original's day is not known, so the actor's page of every day is needed.
    private static void NeedUndo(AccountState state, Interaction original, HashSet<PageName> needs)
    {
        var actor = state.Keys.KeyOf(original.Actor);
        var id = original.Id is null ? state.Keys.KeyOf(actor, state.Keys.ContentOf(original)) : state.Keys.KeyOf(original);
        Need(PageKind.Ties, 0, state.Ties.PageOf(actor), needs);
        Need(PageKind.Undone, 0, state.Undone.PageOf(id), needs);
        foreach (var (day, pages) in state.Ledger.Days)
        foreach (var page in pages.PagesOf(LedgerEntry.FirstSlotOf(actor), LedgerEntry.LastSlotOf(actor)))
            Need(PageKind.Ledger, day, page, needs);
    }

    private static void Need(PageKind kind, int day, Page page, HashSet<PageName> needs)
    {
        if (!page.IsLoaded)
            needs.Add(new PageName(kind, day, page.Start));
    }
}
