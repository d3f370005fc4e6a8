using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Applies the interactions of one day.</summary>
/// <remarks>The ledger says which are new, the new ones strengthen their actors' ties, the ties change the sums.</remarks>
internal static class InteractionStep
{
    /// <summary>The interactions of a batch by day, and in the order of their ledger within it.</summary>
    public static ReadOnlySpan<KeyedFact<Interaction>> Sort(FactBatch batch)
    {
        batch.Interactions.Sort(ByDayAndKey);
        return CollectionsMarshal.AsSpan(batch.Interactions);
    }

    public static void Take(AccountDraft draft, FactBatch batch, int day, ReadOnlySpan<KeyedFact<Interaction>> facts, IVotes votes)
    {
        if (facts.IsEmpty)
            return;
        var fresh = Enter(draft, batch, day, facts);
        if (fresh.Count > 0)
            Strengthen(draft, fresh, votes);
    }

    private static int ByDayAndKey(KeyedFact<Interaction> a, KeyedFact<Interaction> b)
    {
        var order = a.Day.CompareTo(b.Day);
        if (order == 0)
            order = EntryOf(a).Key.CompareTo(EntryOf(b).Key);
        if (order == 0)
            order = a.At.CompareTo(b.At);
        return order != 0 ? order : a.Fact.Type.CompareTo(b.Fact.Type);
    }

    private static LedgerEntry EntryOf(in KeyedFact<Interaction> fact) =>
        LedgerEntry.Of(fact.Actor, fact.Id, fact.At, fact.Fact.Type, fact.Fact.Context);

    private static List<KeyedFact<Interaction>> Enter(
        AccountDraft draft,
        FactBatch batch,
        int day,
        ReadOnlySpan<KeyedFact<Interaction>> facts
    )
    {
        var pages = draft.Ledger.On(day);
        var edits = new List<PageEdit<LedgerEntry>>(facts.Length);
        var fresh = new List<KeyedFact<Interaction>>(facts.Length);
        foreach (ref readonly var fact in facts)
        {
            var entry = EntryOf(fact);
            var repeated = edits.Count > 0 && edits[^1].Record.Key == entry.Key;
            if (draft.Undone.TryFind(UndoneEntry.KeyOf(fact.Id), out _))
                batch.Mark(fact.Index, FactEffect.Undone);
            else if (repeated || pages.TryFind(entry.Key, out _))
                batch.Mark(fact.Index, FactEffect.AlreadyKnown);
            else
            {
                batch.Mark(fact.Index, FactEffect.New);
                edits.Add(PageEdit<LedgerEntry>.Put(entry));
                fresh.Add(fact);
            }
        }

        draft.Ledger = draft.Ledger.With(day, pages.Edit(CollectionsMarshal.AsSpan(edits)));
        return fresh;
    }

    private static void Strengthen(AccountDraft draft, List<KeyedFact<Interaction>> fresh, IVotes votes)
    {
        fresh.Sort((a, b) => (a.Actor, a.At, a.Id).CompareTo((b.Actor, b.At, b.Id)));
        draft.FadeTo(fresh.Max(f => f.At));
        var edits = new List<PageEdit<Tie>>(fresh.Count);
        var facts = CollectionsMarshal.AsSpan(fresh);
        while (!facts.IsEmpty)
        {
            var length = 1;
            while (length < facts.Length && facts[length].Actor == facts[0].Actor)
                length++;
            edits.Add(PageEdit<Tie>.Put(TieOf(draft, facts[..length], votes)));
            facts = facts[length..];
        }

        draft.Ties = draft.Ties.Edit(CollectionsMarshal.AsSpan(edits));
    }

    private static Tie TieOf(AccountDraft draft, ReadOnlySpan<KeyedFact<Interaction>> facts, IVotes votes)
    {
        var actor = facts[0].Actor;
        Tie? before = draft.Ties.TryFind(Tie.KeyOf(actor), out var known) ? known : null;
        var points = new FadingPoints(draft.Policy, known.Points, known.Last);
        foreach (ref readonly var fact in facts)
        {
            points.Add(draft.Policy.PointsOf(fact.Fact.Type), fact.At);
            draft.Received.Add(fact.Fact.Type, fact.Fact.Context, draft.FadedPoints(fact.Fact.Type, fact.At));
        }

        var tie = new Tie(actor, Tie.Round(points.Points), points.Last, votes.Of(actor));
        draft.Totals = draft.Totals with { Interactions = draft.Totals.Interactions + facts.Length };
        draft.ReplaceTie(facts[0].Fact.Actor, before, tie);
        return tie;
    }
}
