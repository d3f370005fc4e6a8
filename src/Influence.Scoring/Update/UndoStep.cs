using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Applies undos: what is in the ledger leaves it, and the actor's tie is rebuilt (promise 7).</summary>
/// <remarks>Each undo is remembered, so that what it takes back stays out if it comes later.</remarks>
internal static class UndoStep
{
    public static void Take(AccountDraft draft, FactBatch batch, IVotes votes, long now)
    {
        if (batch.Undos.Count == 0)
            return;
        var fresh = Remember(draft, batch);
        foreach (var actor in fresh.GroupBy(u => u.Actor))
        {
            var entries = draft.Ledger.Of(actor.Key);
            var undone = actor.Select(u => u.Id).ToHashSet();
            if (!entries.Exists(e => undone.Contains(e.Id)))
                continue;
            Withdraw(draft, entries.Where(e => undone.Contains(e.Id)));
            var name = actor.First().Fact.Original.Actor;
            draft.Ties.TryFind(Tie.KeyOf(actor.Key), out var before);
            var after = TieRebuild.Without(before, entries, undone, draft.Policy, now) is { } tie
                ? tie with
                {
                    Vote = votes.Of(actor.Key),
                }
                : default(Tie?);
            Replace(draft, name, before, after);
        }
    }

    private static List<KeyedFact<Undo>> Remember(AccountDraft draft, FactBatch batch)
    {
        // Sorted so that of a repeated undo the latest moment is remembered, whichever came first in the batch.
        batch.Undos.Sort((a, b) => (a.Id, -a.At).CompareTo((b.Id, -b.At)));
        var fresh = new List<KeyedFact<Undo>>();
        foreach (var undo in batch.Undos)
        {
            var known = draft.Undone.TryFind(UndoneEntry.KeyOf(undo.Id), out _) || (fresh.Count > 0 && fresh[^1].Id == undo.Id);
            batch.Mark(undo.Index, known ? FactEffect.AlreadyKnown : FactEffect.New);
            if (!known)
                fresh.Add(undo);
        }

        var edits = fresh.ConvertAll(u => PageEdit<UndoneEntry>.Put(new UndoneEntry(u.Id, u.At)));
        draft.Undone = draft.Undone.Edit(CollectionsMarshal.AsSpan(edits));
        return fresh;
    }

    private static void Withdraw(AccountDraft draft, IEnumerable<LedgerEntry> entries)
    {
        foreach (var day in entries.GroupBy(e => Ledger.DayOf(e.At)))
        {
            var edits = day.OrderBy(e => e.Key).Select(PageEdit<LedgerEntry>.Take).ToArray();
            draft.Ledger = draft.Ledger.With(day.Key, draft.Ledger.On(day.Key).Edit(edits));
            foreach (var entry in day)
                draft.Received.Take(entry.Type, entry.Context, draft.FadedPoints(entry.Type, entry.At));
            draft.Totals = draft.Totals with { Interactions = draft.Totals.Interactions - edits.Length };
        }
    }

    private static void Replace(AccountDraft draft, AccountId actor, Tie before, Tie? after)
    {
        // A default tie has no points: the account never had one, or a settlement forgot it.
        Tie? known = before.Points > 0 ? before : null;
        draft.ReplaceTie(actor, known, after);
        if (after is { } tie)
            draft.Ties = draft.Ties.Edit([PageEdit<Tie>.Put(tie)]);
        else if (known is { } gone)
            draft.Ties = draft.Ties.Edit([PageEdit<Tie>.Take(gone)]);
    }
}
