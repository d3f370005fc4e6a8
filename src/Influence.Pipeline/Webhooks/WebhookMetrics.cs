using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Webhooks;

/// <summary>Counters of deliveries and of what in them is not scored, under the meter <c>Influence.Webhooks</c>.</summary>
/// <remarks>
/// <c>influence.webhooks.deliveries</c> with tags <c>source</c> and <c>status</c>; <c>influence.webhooks.skipped</c> with tags
/// <c>source</c> and <c>event</c>: the first <see cref="MaxEvents"/> names of a source, the rest as <c>other</c>.
/// </remarks>
public sealed class WebhookMetrics : IDisposable
{
    /// <summary>Most names of events that are told apart for one source: three times what any source has.</summary>
    public const int MaxEvents = 200;

    private readonly Meter meter = new(MetricCatalogue.Webhooks);
    private readonly Dictionary<string, HashSet<string>> named = new(StringComparer.Ordinal);
    private readonly Counter<long> deliveries;
    private readonly Counter<long> skipped;

    /// <summary>Makes the counters.</summary>
    public WebhookMetrics()
    {
        deliveries = MetricCatalogue.Deliveries.CounterOf(meter);
        skipped = MetricCatalogue.SkippedEvents.CounterOf(meter);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>Counts an answer.</summary>
    /// <param name="source">A source that there is.</param>
    /// <param name="status">The status that the sender was answered.</param>
    public void Answered(string source, int status) => deliveries.Add(1, new("source", source), new("status", status));

    /// <summary>Counts the events of a delivery that are not scored.</summary>
    /// <param name="source">A source that there is.</param>
    /// <param name="events">How many, by type.</param>
    public void Skipped(string source, IReadOnlyDictionary<string, int> events)
    {
        foreach (var (name, count) in events)
            skipped.Add(count, new("source", source), new("event", Bounded(source, name)));
    }

    // Names come from outside, some of them unsigned: without a bound a sender could fill the store of metrics with them.
    private string Bounded(string source, string name)
    {
        lock (named)
        {
            if (!named.TryGetValue(source, out var names))
                named[source] = names = new HashSet<string>(StringComparer.Ordinal);
            return names.Contains(name) || (names.Count < MaxEvents && names.Add(name)) ? name : Translation.Other;
        }
    }
}
