using System.Runtime.InteropServices;

namespace Influence.Scoring.Verify;

/// <summary>What a ledger says when it is read from its first page to its last, without what was taken back.</summary>
internal sealed class LedgerFacts
{
    private readonly List<LedgerEntry> counting = [];

    private LedgerFacts() { }

    /// <summary>The points of each actor.</summary>
    public Dictionary<ulong, FadingPoints> Actors { get; } = [];

    /// <summary>Entries that should have left with their undo.</summary>
    public List<LedgerEntry> Undone { get; } = [];

    public long Interactions { get; private set; }

    /// <summary>The latest moment, Unix seconds; 0 for an empty ledger.</summary>
    public long Last { get; private set; }

    /// <exception cref="PageNotLoadedException">A page of the ledger or of the undos is not loaded.</exception>
    public static LedgerFacts Of(AccountState state)
    {
        var facts = new LedgerFacts();
        foreach (var entry in state.Ledger.Days.Values.SelectMany(day => day.Records()))
        {
            if (UndoStep.IsUndone(state, entry))
                facts.Undone.Add(entry);
            else
                facts.Count(entry, state.Policy);
        }

        return facts;
    }

    /// <summary>Σ points·count of the increments at a moment.</summary>
    public double CountedAt(long moment, ScoringPolicy policy) =>
        counting.Where(e => e.IsIncrement).Sum(e => e.Count * policy.PointsOf(e.Type) * policy.Fade(moment - e.At));

    private void Count(LedgerEntry entry, ScoringPolicy policy)
    {
        counting.Add(entry);
        Last = Math.Max(Last, entry.At);
        if (entry.IsIncrement)
            return;
        Interactions++;
        ref var points = ref CollectionsMarshal.GetValueRefOrAddDefault(Actors, entry.Actor, out var known);
        if (!known)
            points = new FadingPoints(policy, 0, 0);
        points.Add(policy.PointsOf(entry.Type), entry.At);
    }
}
