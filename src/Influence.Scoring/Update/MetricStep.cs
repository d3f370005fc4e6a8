namespace Influence.Scoring;

/// <summary>Counts without people: the latest gauge wins, every increment counts once.</summary>
internal static class MetricStep
{
    public static void Take(AccountDraft draft, FactBatch batch)
    {
        batch.Metrics.Sort((a, b) => (a.Day, a.Id, a.At, a.Fact.Value).CompareTo((b.Day, b.Id, b.At, b.Fact.Value)));
        foreach (var metric in batch.Metrics)
            batch.Mark(metric.Index, metric.Fact.Counts is { } type ? Increment(draft, metric, type) : Gauge(draft, metric.Fact));
    }

    private static FactEffect Gauge(AccountDraft draft, MetricReport report)
    {
        var totals = draft.Totals;
        var isNewer = (report.At, report.Value).CompareTo((totals.FollowersAt, totals.Followers)) > 0;
        if (!isNewer) return FactEffect.AlreadyKnown;
        draft.FadeTo(report.At);
        draft.Totals = draft.Totals with { Followers = report.Value, FollowersAt = report.At };
        return FactEffect.New;
    }

    private static FactEffect Increment(AccountDraft draft, KeyedFact<MetricReport> metric, InteractionType type)
    {
        if (draft.Ledger.HoldsIncrement(metric.Day, metric.Id)) return FactEffect.AlreadyKnown;
        var entry = LedgerEntry.OfIncrement(metric.Id, metric.Fact.Value, metric.At, type);
        draft.Ledger = draft.Ledger.With(metric.Day, draft.Ledger.On(metric.Day).Edit([PageEdit<LedgerEntry>.Put(entry)]));
        draft.FadeTo(metric.At);
        draft.Totals = draft.Totals with { Counted = draft.Totals.Counted + (metric.Fact.Value * draft.FadedPoints(type, metric.At)) };
        return FactEffect.New;
    }
}
