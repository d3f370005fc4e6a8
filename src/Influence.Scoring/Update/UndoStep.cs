using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Applies undos: what they match leaves the ledger, and the actor's tie is rebuilt (promise 7).</summary>
/// <remarks>
/// Each undo is remembered with its moment, so that what it takes back stays out if it comes later. That an undo is remembered does not say
/// that all it matches has left: one that touches more days than a transaction holds is withdrawn in parts, each of which may repeat.
/// </remarks>
internal static class UndoStep
{
    /// <summary>Takes the undos of a batch.</summary>
    /// <param name="draft">The state.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="votes">The votes in force.</param>
    /// <param name="now">When the batch was accepted, Unix seconds.</param>
    /// <param name="maxDays">From how many days of the ledger it withdraws at most.</param>
    public static void Take(AccountDraft draft, FactBatch batch, IVotes votes, long now, int maxDays)
    {
        if (batch.Undos.Count == 0)
            return;
        Remember(draft, batch);
        foreach (var actor in batch.Undos.GroupBy(u => u.Actor))
        {
            var entries = draft.Ledger.Of(actor.Key);
            var undone = entries.FindAll(e => actor.Any(u => Matches(draft, u, e)));
            if (undone.Count == 0)
                continue;
            foreach (var undo in actor.Where(u => undone.Exists(e => Matches(draft, u, e))))
                batch.Mark(undo.Index, FactEffect.New);
            Withdraw(draft, actor.First().Fact.Original.Actor, entries, FirstDays(undone, maxDays), votes, now);
        }
    }

    /// <summary>Whether an interaction was taken back before it came.</summary>
    public static bool IsUndone(AccountDraft draft, in KeyedFact<Interaction> fact) =>
        !draft.Undone.IsEmpty
        && (
            (fact.Fact.Id is not null && IsUntil(draft.Undone, fact.Id, fact.At))
            || IsUntil(draft.Undone, draft.Keys.KeyOf(fact.Actor, draft.Keys.ContentOf(fact.Fact)), fact.At)
        );

    /// <summary>Whether an entry of the ledger should have left with an undo that is remembered.</summary>
    public static bool IsUndone(AccountState state, in LedgerEntry entry) =>
        !entry.IsIncrement
        && !state.Undone.IsEmpty
        && (IsUntil(state.Undone, entry.Id, entry.At) || IsUntil(state.Undone, state.Keys.KeyOf(entry.Actor, entry.Content), entry.At));

    private static bool IsUntil(PageSet<UndoneEntry> undone, ulong key, long at) =>
        undone.TryFind(UndoneEntry.KeyOf(key), out var until) && at <= until.At;

    private static bool Matches(AccountDraft draft, in KeyedFact<Undo> undo, in LedgerEntry entry) =>
        entry.At <= undo.At
        && (undo.Fact.Original.Id is null ? draft.Keys.KeyOf(entry.Actor, entry.Content) == undo.Id : entry.Id == undo.Id);

    // Of several undos of the same the latest is remembered, whichever came first.
    private static void Remember(AccountDraft draft, FactBatch batch)
    {
        batch.Undos.Sort((a, b) => (a.Id, -a.At).CompareTo((b.Id, -b.At)));
        var edits = new List<PageEdit<UndoneEntry>>();
        var last = default(ulong?);
        foreach (var undo in batch.Undos)
        {
            var isKnown = undo.Id == last || (draft.Undone.TryFind(UndoneEntry.KeyOf(undo.Id), out var known) && known.At >= undo.At);
            batch.Mark(undo.Index, isKnown ? FactEffect.AlreadyKnown : FactEffect.New);
            if (!isKnown)
                edits.Add(PageEdit<UndoneEntry>.Put(new UndoneEntry(undo.Id, undo.At)));
            last = undo.Id;
        }

        draft.Undone = draft.Undone.Edit(CollectionsMarshal.AsSpan(edits));
    }

    private static HashSet<(UInt128 Key, long At)> FirstDays(List<LedgerEntry> entries, int days) =>
        [.. entries.GroupBy(e => Ledger.DayOf(e.At)).OrderBy(d => d.Key).Take(days).SelectMany(d => d).Select(e => (e.Key, e.At))];

    private static void Withdraw(
        AccountDraft draft,
        AccountId actor,
        List<LedgerEntry> entries,
        HashSet<(UInt128 Key, long At)> undone,
        IVotes votes,
        long now
    )
    {
        foreach (var day in entries.Where(e => undone.Contains((e.Key, e.At))).GroupBy(e => Ledger.DayOf(e.At)))
        {
            var edits = day.OrderBy(e => e.Key).Select(PageEdit<LedgerEntry>.Take).ToArray();
            draft.Ledger = draft.Ledger.With(day.Key, draft.Ledger.On(day.Key).Edit(edits));
            draft.Totals = draft.Totals with { Interactions = draft.Totals.Interactions - edits.Length };
        }

        var key = entries[0].Actor;
        draft.Ties.TryFind(Tie.KeyOf(key), out var before);
        Tie? after = TieRebuild.Without(before, entries, undone, draft.Policy, now) is { } tie ? tie with { Vote = votes.Of(key) } : null;
        // A default tie has no points: the account never had one, or a settlement forgot it.
        Tie? known = before.Points > 0 ? before : null;
        draft.ReplaceTie(actor, known, after);
        if (after is { } left)
            draft.Ties = draft.Ties.Edit([PageEdit<Tie>.Put(left)]);
        else if (known is { } gone)
            draft.Ties = draft.Ties.Edit([PageEdit<Tie>.Take(gone)]);
    }
}
