using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Operations;

/// <summary>The instruments of meter <c>Influence.Pipeline</c>: facts, scores, caches, workflows and dead letters.</summary>
/// <remarks>One set for the process. While nobody listens to the meter, a call costs a comparison.</remarks>
internal static class PipelineMetrics
{
    private static readonly Meter Meter = new(MetricCatalogue.Pipeline);
    private static readonly Counter<long> AcceptedFacts = MetricCatalogue.FactsAccepted.CounterOf(Meter);
    private static readonly Counter<long> RefusedFacts = MetricCatalogue.FactsRefused.CounterOf(Meter);
    private static readonly Counter<long> ThrottledWrites = MetricCatalogue.WritesThrottled.CounterOf(Meter);
    private static readonly Counter<long> ProcessedFacts = MetricCatalogue.FactsProcessed.CounterOf(Meter);
    private static readonly Histogram<double> Lag = MetricCatalogue.ScoreLag.HistogramOf(Meter);
    private static readonly Histogram<double> Workflows = MetricCatalogue.WorkflowDuration.HistogramOf(Meter);
    private static readonly Counter<long> Letters = MetricCatalogue.DeadLetters.CounterOf(Meter);
    private static readonly Counter<long> Lookups = MetricCatalogue.CacheLookups.CounterOf(Meter);

    /// <summary>Counts what came of a batch.</summary>
    /// <param name="way">How it came: <c>api</c>, <c>import</c> or <c>webhook</c>.</param>
    /// <param name="accepted">How many facts the queue has.</param>
    /// <param name="rejected">Those refused.</param>
    public static void Took(string way, int accepted, IReadOnlyList<Rejection> rejected)
    {
        if (accepted > 0)
            AcceptedFacts.Add(accepted, new KeyValuePair<string, object?>("way", way));
        foreach (var code in rejected.CountBy(r => r.Code))
            RefusedFacts.Add(code.Value, new("way", way), new("code", code.Key));
    }

    /// <summary>Counts a write that is refused for now.</summary>
    public static void Throttled(ThrottleReason reason) =>
        ThrottledWrites.Add(
            1,
            new KeyValuePair<string, object?>(
                "reason",
                reason switch
                {
                    ThrottleReason.Concurrency => "concurrency",
                    ThrottleReason.Backlog => "backlog",
                    _ => "budget",
                }
            )
        );

    /// <summary>Counts what the facts of a message came to, and how long that took since they were taken in.</summary>
    public static void Processed(RecomputeResult result, TimeSpan sinceTaken)
    {
        Count("applied", result.Applied);
        Count("known", result.Known);
        Count("refused", result.Refused);
        // Of a message that comes again only what is new is late.
        if (result.Applied > 0)
            Lag.Record(Math.Max(0, sinceTaken.TotalSeconds));

        static void Count(string effect, int facts)
        {
            if (facts > 0)
                ProcessedFacts.Add(facts, new KeyValuePair<string, object?>("effect", effect));
        }
    }

    /// <summary>Records the end of a run of a workflow.</summary>
    /// <param name="workflow">Its kind.</param>
    /// <param name="run">The run.</param>
    public static void Ended(string workflow, WorkflowRun run)
    {
        if (run.EndedAt is { } ended)
            Workflows.Record(
                Math.Max(0, (ended - run.RequestedAt).TotalSeconds),
                new("workflow", workflow),
                new("state", NameOf(run.State))
            );
    }

    /// <summary>Counts a message that was given up.</summary>
    public static void KeptDeadLetter(string queue) => Letters.Add(1, new KeyValuePair<string, object?>("queue", queue));

    /// <summary>Counts a lookup in a cache.</summary>
    public static void LookedUp(string cache, bool isHit) => Lookups.Add(1, new("cache", cache), new("result", isHit ? "hit" : "miss"));

    private static string NameOf(WorkflowState state) =>
        state switch
        {
            WorkflowState.Completed => "completed",
            WorkflowState.Superseded => "superseded",
            WorkflowState.Failed => "failed",
            _ => "other",
        };
}
