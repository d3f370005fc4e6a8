using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>Counts without people, of one day: the latest gauge wins, every increment counts once.</summary>
/// <remarks>Of increments of one id that differ the latest stands, then the largest.</remarks>
internal static class MetricStep
{
    /// <summary>The metrics of a batch by day, and in the order of their ledger within it.</summary>
    public static Span<KeyedFact<MetricReport>> Sort(FactBatch batch)
    {
        // Of one id the one that stands comes first.
        batch.Metrics.Sort((a, b) => (a.Day, a.Id, b.At, b.Fact.Value).CompareTo((b.Day, b.Id, a.At, a.Fact.Value)));
        return CollectionsMarshal.AsSpan(batch.Metrics);
    }

    public static void Take(AccountDraft draft, FactBatch batch, int day, ReadOnlySpan<KeyedFact<MetricReport>> metrics)
    {
        if (metrics.IsEmpty)
            return;
        var edits = new List<PageEdit<LedgerEntry>>();
        foreach (ref readonly var metric in metrics)
            batch.Mark(metric.Index, metric.Fact.Counts is { } type ? Increment(draft, metric, type, edits) : Gauge(draft, metric.Fact));
        edits.Sort((a, b) => a.Record.Key.CompareTo(b.Record.Key));
        draft.Ledger = draft.Ledger.With(day, draft.Ledger.On(day).Edit(CollectionsMarshal.AsSpan(edits)));
    }

    private static FactEffect Gauge(AccountDraft draft, MetricReport report)
    {
        var totals = draft.Totals;
        var isNewer = (report.At, report.Value).CompareTo((totals.FollowersAt, totals.Followers)) > 0;
        if (!isNewer)
            return FactEffect.AlreadyKnown;
        draft.FadeTo(report.At);
        draft.Totals = draft.Totals with { Followers = report.Value, FollowersAt = report.At };
        return FactEffect.New;
    }

    private static FactEffect Increment(
        AccountDraft draft,
        in KeyedFact<MetricReport> metric,
        InteractionType type,
        List<PageEdit<LedgerEntry>> edits
    )
    {
        var isRepeated = edits.Count > 0 && edits[^1].Record.Id == metric.Id;
        var known = isRepeated ? null : draft.Ledger.FindIncrement(metric.Day, metric.Id);
        if (isRepeated || (known is { } stands && (metric.At, metric.Fact.Value).CompareTo((stands.At, stands.Count)) <= 0))
            return FactEffect.AlreadyKnown;
        if (known is { } old)
        {
            edits.Add(PageEdit<LedgerEntry>.Take(old));
            draft.Totals = draft.Totals with
            {
                Counted = Math.Max(0, draft.Totals.Counted - (old.Count * draft.FadedPoints(type, old.At))),
            };
        }

        edits.Add(PageEdit<LedgerEntry>.Put(LedgerEntry.OfIncrement(metric.Id, metric.Fact.Value, metric.At, type)));
        draft.FadeTo(metric.At);
        draft.Totals = draft.Totals with { Counted = draft.Totals.Counted + (metric.Fact.Value * draft.FadedPoints(type, metric.At)) };
        return FactEffect.New;
    }
}
