namespace Influence.Scoring.Ties;

/// <summary>A tie after some of its facts were taken back.</summary>
internal static class TieRebuild
{
    // Sums of the same terms in another order differ by less than this part of themselves.
    private const double Rounding = 1e-9;

    /// <summary>The tie from the ledger's remaining facts and what it held before; null when nothing is left.</summary>
    /// <remarks>
    /// Exact while all facts of the tie are in the ledger. Older points stay; if nothing younger is left, they are dated at the window's
    /// edge, since their own moment is no longer known.
    /// </remarks>
    public static Tie? Without(Tie tie, List<LedgerEntry> entries, HashSet<(UInt128 Key, long At)> undone, ScoringPolicy policy, long now)
    {
        var held = new FadingPoints(policy, 0, tie.Last);
        var left = new FadingPoints(policy, 0, 0);
        foreach (var entry in entries)
        {
            held.Add(policy.PointsOf(entry.Type), entry.At);
            if (!undone.Contains((entry.Key, entry.At)))
                left.Add(policy.PointsOf(entry.Type), entry.At);
        }

        var older = tie.Points - held.Points;
        if (older > tie.Points * Rounding)
        {
            var edge = Math.Min(tie.Last, left.Last > 0 ? left.Last : now - policy.FactWindow);
            left.Add(older / policy.Fade(tie.Last - edge), edge);
        }

        return left.Points > 0 ? tie with { Actor = entries[0].Actor, Points = Tie.Round(left.Points), Last = left.Last } : null;
    }
}
