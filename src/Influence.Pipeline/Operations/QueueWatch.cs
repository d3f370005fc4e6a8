using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>Logs the depth of each queue and the age of its oldest message.</summary>
/// <remarks>
/// No metric of storage tells that age, so the alerts of infra/modules/alerts.bicep read these lines; a test holds both in step.
/// </remarks>
public sealed partial class QueueWatch : IDisposable
{
    // The timer looks every two minutes, on one host at a time: what it saw last counts until its next look is well overdue.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (QueueHealth Look, DateTimeOffset At)> latest = new(StringComparer.Ordinal);
    private readonly Meter meter = new(MetricCatalogue.Pipeline);
    private readonly Deployment deployment;
    private readonly TimeProvider clock;
    private readonly ILogger<QueueWatch> logger;

    /// <summary>Makes it; nothing is asked yet.</summary>
    public QueueWatch(Deployment deployment, TimeProvider clock, ILogger<QueueWatch> logger)
    {
        (this.deployment, this.clock, this.logger) = (deployment, clock, logger);
        MetricCatalogue.QueueDepth.GaugeOf(meter, () => Values(q => q.Depth));
        MetricCatalogue.QueueAge.GaugeOf(meter, () => Values(q => q.OldestSeconds));
    }

    /// <summary>Looks at every queue once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("watch");
        await deployment.KeysAsync(cancellationToken);
        foreach (var queue in new[] { deployment.Interactions, deployment.InteractionsPoison, deployment.Shards, deployment.ShardsPoison })
        {
            var health = await LookAsync(queue, clock, cancellationToken);
            latest[queue.Name] = (health, clock.GetUtcNow());
            Waiting(logger, queue.Name, health.Depth, (long)health.OldestSeconds);
        }
    }

    internal static async Task<QueueHealth> LookAsync(QueueClient queue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var properties = await queue.GetPropertiesAsync(cancellationToken);
        // Storage counts approximately, but never too few: where nothing is, nobody need look for the oldest.
        if (properties.Value.ApproximateMessagesCount == 0)
            return new QueueHealth(queue.Name, 0, 0);
        var oldest = await queue.PeekMessageAsync(cancellationToken);
        // Both moments are storage's own: a host's clock may be wrong.
        var now = oldest.GetRawResponse().Headers.Date ?? clock.GetUtcNow();
        var age = oldest.Value?.InsertedOn is { } inserted ? Math.Max(0, (now - inserted).TotalSeconds) : 0;
        return new QueueHealth(queue.Name, properties.Value.ApproximateMessagesCount, age);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<double>> Values(Func<QueueHealth, double> value) =>
        from queue in latest.Values
        where clock.GetUtcNow() - queue.At < Fresh
        select new Measurement<double>(value(queue.Look), new KeyValuePair<string, object?>("queue", queue.Look.Name));

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting in {Queue}: {Depth} messages, the oldest for {Seconds} s.")]
    private static partial void Waiting(ILogger logger, string queue, int depth, long seconds);
}
