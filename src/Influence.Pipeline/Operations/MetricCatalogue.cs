using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Operations;

/// <summary>Every metric of the app, once: for instruments, dashboards and docs.</summary>
/// <remarks>Tests hold dashboards, alerts and docs/operations.md to these names, units and tags.</remarks>
public static class MetricCatalogue
{
    /// <summary>Facts from taking in to scores, publications and listeners.</summary>
    public const string Pipeline = "Influence.Pipeline";

    /// <summary>Writes of accounts.</summary>
    public const string Accounts = "Influence.Accounts";

    /// <summary>Requests to storage.</summary>
    public const string Storage = "Influence.Storage";

    /// <summary>Deliveries of social tools.</summary>
    public const string Webhooks = "Influence.Webhooks";

    /// <summary>Runs of functions.</summary>
    public const string Functions = "Influence.Functions";

    // From a request's milliseconds to the ten minutes that a function may run.
    private static readonly double[] Short = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600];

    // From a second to a day.
    private static readonly double[] Long = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600, 24 * 3600];

    /// <summary>Facts that the queue has.</summary>
    public static MetricDefinition FactsAccepted { get; } =
        Counter(Pipeline, "influence.facts.accepted", "{fact}", "Facts accepted: the queue has them.", "way");

    /// <summary>Facts refused when they were to be taken in.</summary>
    public static MetricDefinition FactsRefused { get; } =
        Counter(Pipeline, "influence.facts.refused", "{fact}", "Facts refused, by the code of the refusal.", "way", "code");

    /// <summary>Writes answered 429.</summary>
    public static MetricDefinition WritesThrottled { get; } =
        Counter(Pipeline, "influence.writes.throttled", "{request}", "Writes refused for now: concurrency, backlog or budget.", "reason");

    /// <summary>What facts came to when they were processed.</summary>
    public static MetricDefinition FactsProcessed { get; } =
        Counter(Pipeline, "influence.facts.processed", "{fact}", "Facts processed, by what they came to.", "effect");

    /// <summary>From taking a message's facts in to their scores.</summary>
    public static MetricDefinition ScoreLag { get; } =
        Histogram(Pipeline, "influence.score.lag", Long, "From taking facts in to their scores, by message.");

    /// <summary>How long publications and erasures take.</summary>
    public static MetricDefinition WorkflowDuration { get; } =
        Histogram(Pipeline, "influence.workflow.duration", Long, "From request to end, by kind and end.", "workflow", "state");

    /// <summary>Messages given up.</summary>
    public static MetricDefinition DeadLetters { get; } =
        Counter(Pipeline, "influence.dead_letters.kept", "{message}", "Messages kept as dead letters.", "queue");

    /// <summary>Lookups in the caches.</summary>
    public static MetricDefinition CacheLookups { get; } =
        Counter(Pipeline, "influence.cache.lookups", "{lookup}", "Lookups in a cache: hit or miss.", "cache", "result");

    /// <summary>How many messages wait in a queue.</summary>
    public static MetricDefinition QueueDepth { get; } =
        Gauge(Pipeline, "influence.queue.depth", "{message}", "Messages in a queue, by the latest look.", "queue");

    /// <summary>How old the oldest waiting message is.</summary>
    public static MetricDefinition QueueAge { get; } =
        Gauge(Pipeline, "influence.queue.age", "s", "Age of the oldest message that waits, by the latest look.", "queue");

    /// <summary>How long ago a listener ran last.</summary>
    public static MetricDefinition ListenerIdle { get; } =
        Gauge(Pipeline, "influence.listener.idle", "s", "Time since a queue or timer function ran last on this host.", "function");

    /// <summary>Writes of accounts by outcome; those lost to other writers among them.</summary>
    public static MetricDefinition Commits { get; } =
        Counter(Accounts, "influence.accounts.commits", "{write}", "Transactions and single writes of accounts.", "outcome");

    /// <summary>Accounts in those writes.</summary>
    public static MetricDefinition CommittedAccounts { get; } =
        Counter(Accounts, "influence.accounts.rows", "{account}", "Accounts written, and those lost to other writers.", "outcome");

    /// <summary>How long group commits take.</summary>
    public static MetricDefinition CommitDuration { get; } =
        Histogram(Accounts, "influence.accounts.commit.duration", Short, "How long group commits take, with retries.");

    /// <summary>Requests to storage by step.</summary>
    public static MetricDefinition StorageRequests { get; } =
        Counter(Storage, "influence.storage.requests", "{request}", "Requests to tables and queues by step.", "step");

    /// <summary>Deliveries of webhooks.</summary>
    public static MetricDefinition Deliveries { get; } =
        Counter(Webhooks, "influence.webhooks.deliveries", "{delivery}", "Deliveries by source and answer.", "source", "status");

    /// <summary>Events that are not scored.</summary>
    public static MetricDefinition SkippedEvents { get; } =
        Counter(Webhooks, "influence.webhooks.skipped", "{event}", "Events that are not scored, by source and type.", "source", "event");

    /// <summary>How long functions run.</summary>
    public static MetricDefinition FunctionDuration { get; } =
        Histogram(Functions, "influence.function.duration", Short, "How long functions run.", "function", "failed");

    /// <summary>The names of the meters.</summary>
    public static IReadOnlyList<string> Meters { get; } = [Pipeline, Accounts, Storage, Webhooks, Functions];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        FactsAccepted,
        FactsRefused,
        WritesThrottled,
        FactsProcessed,
        ScoreLag,
        WorkflowDuration,
        DeadLetters,
        CacheLookups,
        QueueDepth,
        QueueAge,
        ListenerIdle,
        Commits,
        CommittedAccounts,
        CommitDuration,
        StorageRequests,
        Deliveries,
        SkippedEvents,
        FunctionDuration,
    ];

    private static MetricDefinition Counter(string meter, string name, string unit, string description, params string[] tags) =>
        new(meter, name, MetricKind.Counter, unit, description, tags);

    private static MetricDefinition Gauge(string meter, string name, string unit, string description, params string[] tags) =>
        new(meter, name, MetricKind.Gauge, unit, description, tags);

    private static MetricDefinition Histogram(string meter, string name, double[] buckets, string description, params string[] tags) =>
        new(meter, name, MetricKind.Histogram, "s", description, tags) { Buckets = buckets };
}

/// <summary>What a metric is.</summary>
public enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A distribution, in seconds.</summary>
    Histogram,

    /// <summary>A value as of now.</summary>
    Gauge,
}

/// <summary>A metric: its name, its unit and the tags that its values carry.</summary>
/// <param name="Meter">The meter that it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">Its unit, in UCUM.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Tags">The tags.</param>
public sealed record MetricDefinition(
    string Meter,
    string Name,
    MetricKind Kind,
    string Unit,
    string Description,
    IReadOnlyList<string> Tags
)
{
    /// <summary>The upper bounds of a histogram's buckets.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>Makes the counter that this is.</summary>
    public Counter<long> CounterOf(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return meter.CreateCounter<long>(Name, Unit, Description);
    }

    /// <summary>Makes the histogram that this is.</summary>
    public Histogram<double> HistogramOf(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return meter.CreateHistogram(Name, Unit, Description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets });
    }

    /// <summary>Makes the gauge that this is.</summary>
    public ObservableGauge<double> GaugeOf(Meter meter, Func<IEnumerable<Measurement<double>>> values)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return meter.CreateObservableGauge(Name, values, Unit, Description);
    }
}
