using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Takes the lines of an import (docs/scoring.md, "Import").</summary>
/// <remarks>
/// Those too old for the ledger enter ties alone. Every line is remembered by its key for <see cref="ScoringPolicy.FactMemory"/> from now,
/// so that the same import again counts once. The history of past days stays as it was: what comes in counts from now on. The order of
/// lines, and how they are cut into batches, does not matter, but for lines of one id and day that differ: of those of several batches the
/// first stands.
/// </remarks>
internal static class ImportStep
{
    public static void Take(AccountDraft draft, FactBatch batch, IVotes votes, long now)
    {
        var marks = new SortedDictionary<ulong, PageEdit<UndoneEntry>>();
        // What is young enough for the ledger is the ledger's to know; here it is only remembered for an import when it no longer is.
        foreach (var fact in batch.Interactions)
            IsNew(draft, batch, fact, marks, now, draft.Keys.ImportKeyOf(fact.Id, fact.Day));
        // Of a line that comes twice, the latest moment, whichever stands first.
        batch.Old.Sort((a, b) => (a.Id, -a.At, -(int)a.Fact.Type).CompareTo((b.Id, -b.At, -(int)b.Fact.Type)));
        var old = batch.Old.FindAll(fact =>
            IsNew(draft, batch, fact, marks, now, draft.Keys.OldKeyOf(fact.Id, fact.Day)) && IsNewOfItsDay(draft, batch, fact)
        );
        draft.Undone = draft.Undone.Edit([.. marks.Values]);
        if (old.Count == 0)
            return;
        draft.FadeTo(now);
        // Ties hold now what no ledger has; of what it has, nothing is forgotten.
        draft.Ledger = draft.Ledger.WholeSince(1);
        draft.Totals = draft.Totals with { Interactions = draft.Totals.Interactions + old.Count };
        var edits = old.GroupBy(f => f.Actor).OrderBy(g => g.Key).Select(g => PageEdit<Tie>.Put(TieOf(draft, [.. g], votes, now))).ToList();
        draft.Ties = draft.Ties.Edit(CollectionsMarshal.AsSpan(edits));
    }

    /// <summary>Whether an interaction was counted as a line too old for the ledger.</summary>
    /// <remarks>It may come again in a message of when it was young.</remarks>
    public static bool IsCounted(AccountDraft draft, in KeyedFact<Interaction> fact) =>
        !draft.Undone.IsEmpty && draft.Undone.TryFind(UndoneEntry.KeyOf(draft.Keys.OldKeyOf(fact.Id, fact.Day)), out _);

    private static bool IsNew(
        AccountDraft draft,
        FactBatch batch,
        KeyedFact<Interaction> fact,
        SortedDictionary<ulong, PageEdit<UndoneEntry>> marks,
        long now,
        ulong mark
    )
    {
        var effect =
            marks.ContainsKey(mark)
            || IsMarked(draft.Keys.ImportKeyOf(fact.Id, fact.Day))
            || IsMarked(draft.Keys.OldKeyOf(fact.Id, fact.Day))
                ? FactEffect.AlreadyKnown
            : UndoStep.IsUndone(draft, fact) ? FactEffect.Undone
            : FactEffect.New;
        batch.Mark(fact.Index, effect);
        if (effect == FactEffect.New)
            marks[mark] = PageEdit<UndoneEntry>.Put(new UndoneEntry(mark, now));
        return effect == FactEffect.New;

        bool IsMarked(ulong key) => draft.Undone.TryFind(UndoneEntry.KeyOf(key), out _);
    }

    // It was in time when it came the first time.
    private static bool IsNewOfItsDay(AccountDraft draft, FactBatch batch, KeyedFact<Interaction> fact)
    {
        if (!draft.Ledger.On(fact.Day).TryFind(LedgerEntry.KeyOf(fact.Actor, fact.Id), out _))
            return true;
        batch.Mark(fact.Index, FactEffect.AlreadyKnown);
        return false;
    }

    private static Tie TieOf(AccountDraft draft, List<KeyedFact<Interaction>> facts, IVotes votes, long now)
    {
        var actor = facts[0].Actor;
        Tie? before = draft.Ties.TryFind(Tie.KeyOf(actor), out var known) ? known : null;
        var points = new FadingPoints(draft.Policy, known.Points, known.Last);
        foreach (var fact in facts.OrderBy(f => (f.At, f.Id)))
            points.Add(draft.Policy.PointsOf(fact.Fact.Type), fact.At);
        // A tie that an import found silent wakes with the first younger interaction, whichever comes first.
        var sleeps = points.Last < now - draft.Policy.TieSilence && (before is null || known.IsDormant);
        var tie = new Tie(actor, Tie.Round(points.Points), points.Last, sleeps ? Tie.DormantVote : votes.Of(actor));
        draft.ReplaceTie(facts[0].Fact.Actor, before, tie);
        return tie;
    }
}
