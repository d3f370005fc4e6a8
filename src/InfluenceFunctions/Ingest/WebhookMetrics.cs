using System.Diagnostics.Metrics;

namespace InfluenceFunctions;

/// <summary>
/// Counts deliveries and what in them is not scored: meter <c>Influence.Webhooks</c>, counters <c>influence.webhooks.deliveries</c> (tags <c>source</c>,
/// <c>status</c>) and <c>influence.webhooks.skipped</c> (tags <c>source</c>, <c>event</c>).
/// </summary>
public sealed class WebhookMetrics : IDisposable
{
    private readonly Meter meter = new("Influence.Webhooks");
    private readonly Counter<long> deliveries;
    private readonly Counter<long> skipped;

    /// <summary>Makes the counters.</summary>
    public WebhookMetrics()
    {
        deliveries = meter.CreateCounter<long>("influence.webhooks.deliveries", "{delivery}", "Deliveries by source and answer.");
        skipped = meter.CreateCounter<long>("influence.webhooks.skipped", "{event}", "Events that are not scored, by source and type.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    internal void Answered(string source, int status) => deliveries.Add(1, new("source", source), new("status", status));

    internal void Skipped(string source, IReadOnlyDictionary<string, int> events)
    {
        foreach (var (name, count) in events) skipped.Add(count, new("source", source), new("event", name));
    }
}
