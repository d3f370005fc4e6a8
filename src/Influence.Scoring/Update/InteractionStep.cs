using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Applies the interactions of one day.</summary>
/// <remarks>
/// The ledger says which are new, the new ones strengthen their actors' ties, the ties change the sums. Of interactions of one key that
/// differ the latest stands, so that their order of arrival does not matter, nor that of an undo between them.
/// </remarks>
internal static class InteractionStep
{
    private static readonly Comparison<KeyedFact<Interaction>> ByActorAndMoment = (a, b) =>
        (a.Actor, a.At, a.Id).CompareTo((b.Actor, b.At, b.Id));

    /// <summary>The interactions of a batch by day, and in the order of their ledger within it.</summary>
    public static Span<KeyedFact<Interaction>> Sort(FactBatch batch, KeyHasher keys)
    {
        batch.Interactions.Sort(
            (a, b) =>
            {
                var order = a.Day.CompareTo(b.Day);
                if (order == 0)
                    order = LedgerEntry.KeyOf(a.Actor, a.Id).CompareTo(LedgerEntry.KeyOf(b.Actor, b.Id));
                // Of one key the one that stands comes first.
                return order != 0 ? order : Precede(b, a, keys);
            }
        );
        return CollectionsMarshal.AsSpan(batch.Interactions);
    }

    public static void Take(AccountDraft draft, FactBatch batch, int day, Span<KeyedFact<Interaction>> facts, IVotes votes)
    {
        if (facts.IsEmpty)
            return;
        List<LedgerEntry>? replaced = null;
        var fresh = facts[..KeepNew(draft, batch, draft.Ledger.On(day), facts, ref replaced)];
        if (fresh.IsEmpty)
            return;
        Enter(draft, day, fresh);
        draft.Totals = draft.Totals with { Interactions = draft.Totals.Interactions + fresh.Length - (replaced?.Count ?? 0) };
        Strengthen(draft, fresh, replaced, votes);
    }

    // Moves the new ones to the front, in their order, and returns how many they are.
    private static int KeepNew(
        AccountDraft draft,
        FactBatch batch,
        PageSet<LedgerEntry> pages,
        Span<KeyedFact<Interaction>> facts,
        ref List<LedgerEntry>? replaced
    )
    {
        var count = 0;
        foreach (ref readonly var fact in facts)
        {
            var repeated = count > 0 && (facts[count - 1].Actor, facts[count - 1].Id) == (fact.Actor, fact.Id);
            var isKnown = pages.TryFind(LedgerEntry.KeyOf(fact.Actor, fact.Id), out var known);
            var effect =
                UndoStep.IsUndone(draft, fact) ? FactEffect.Undone
                : repeated || (isKnown && Precede(fact, known, draft.Keys) <= 0) || ImportStep.IsCounted(draft, fact)
                    ? FactEffect.AlreadyKnown
                : FactEffect.New;
            batch.Mark(fact.Index, effect);
            if (effect != FactEffect.New)
                continue;
            if (isKnown)
                (replaced ??= []).Add(known);
            facts[count++] = fact;
        }

        return count;
    }

    // By itself, so that the many comparisons that never come here are cheap.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Precede(in KeyedFact<Interaction> fact, in KeyedFact<Interaction> other, KeyHasher keys) =>
        EntryOf(fact, keys).Precede(EntryOf(other, keys));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Precede(in KeyedFact<Interaction> fact, in LedgerEntry known, KeyHasher keys) => EntryOf(fact, keys).Precede(known);

    private static LedgerEntry EntryOf(in KeyedFact<Interaction> fact, KeyHasher keys) =>
        LedgerEntry.Of(fact.Actor, fact.Id, fact.At, fact.Fact.Type, keys.ContentOf(fact.Fact), fact.Fact.Context);

    private static void Enter(AccountDraft draft, int day, ReadOnlySpan<KeyedFact<Interaction>> fresh)
    {
        var edits = ArrayPool<PageEdit<LedgerEntry>>.Shared.Rent(fresh.Length);
        for (var i = 0; i < fresh.Length; i++)
        {
            ref readonly var fact = ref fresh[i];
            edits[i] = PageEdit<LedgerEntry>.Put(EntryOf(fact, draft.Keys));
        }

        draft.Ledger = draft.Ledger.With(day, draft.Ledger.On(day).Edit(edits.AsSpan(0, fresh.Length)));
        ArrayPool<PageEdit<LedgerEntry>>.Shared.Return(edits);
    }

    private static void Strengthen(AccountDraft draft, Span<KeyedFact<Interaction>> fresh, List<LedgerEntry>? replaced, IVotes votes)
    {
        SortByActor(fresh);
        draft.FadeTo(LatestOf(fresh));
        var edits = ArrayPool<PageEdit<Tie>>.Shared.Rent(fresh.Length);
        var count = 0;
        while (!fresh.IsEmpty)
        {
            var length = 1;
            while (length < fresh.Length && fresh[length].Actor == fresh[0].Actor)
                length++;
            edits[count++] = PageEdit<Tie>.Put(TieOf(draft, fresh[..length], replaced, votes));
            fresh = fresh[length..];
        }

        draft.Ties = draft.Ties.Edit(edits.AsSpan(0, count));
        ArrayPool<PageEdit<Tie>>.Shared.Return(edits);
    }

    // They come in the order of the ledger, which is that of the actors' leading bits: only among facts that share these is there to sort.
    private static void SortByActor(Span<KeyedFact<Interaction>> facts)
    {
        while (!facts.IsEmpty)
        {
            var (length, slot) = (1, LedgerEntry.FirstSlotOf(facts[0].Actor));
            while (length < facts.Length && LedgerEntry.FirstSlotOf(facts[length].Actor) == slot)
                length++;
            facts[..length].Sort(ByActorAndMoment);
            facts = facts[length..];
        }
    }

    private static long LatestOf(ReadOnlySpan<KeyedFact<Interaction>> facts)
    {
        var latest = facts[0].At;
        foreach (ref readonly var fact in facts)
            latest = Math.Max(latest, fact.At);
        return latest;
    }

    private static Tie TieOf(AccountDraft draft, ReadOnlySpan<KeyedFact<Interaction>> facts, List<LedgerEntry>? replaced, IVotes votes)
    {
        var actor = facts[0].Actor;
        Tie? before = draft.Ties.TryFind(Tie.KeyOf(actor), out var known) ? known : null;
        var points = new FadingPoints(draft.Policy, known.Points, known.Last);
        foreach (ref readonly var fact in facts)
        {
            points.Add(draft.Policy.PointsOf(fact.Fact.Type), fact.At);
        }

        if (replaced is not null)
            foreach (var old in replaced)
                if (old.Actor == actor)
                    points.Add(-draft.Policy.PointsOf(old.Type), old.At);

        var tie = new Tie(actor, Tie.Round(points.Points), points.Last, votes.Of(actor));
        draft.ReplaceTie(facts[0].Fact.Actor, before, tie);
        return tie;
    }
}
