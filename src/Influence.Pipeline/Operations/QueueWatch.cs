using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>Logs the depth of each queue and the age of its oldest message.</summary>
/// <remarks>
/// No metric of storage tells that age, so the alerts of infra/modules/alerts.bicep read these lines; a test holds both in step.
/// </remarks>
public sealed partial class QueueWatch(Deployment deployment, TimeProvider clock, ILogger<QueueWatch> logger)
{
    /// <summary>Looks at every queue once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("watch");
        await deployment.KeysAsync(cancellationToken);
        foreach (var queue in new[] { deployment.Interactions, deployment.InteractionsPoison, deployment.Shards, deployment.ShardsPoison })
        {
            var health = await LookAsync(queue, clock, cancellationToken);
            Waiting(logger, queue.Name, health.Depth, (long)health.OldestSeconds);
        }
    }

    internal static async Task<QueueHealth> LookAsync(QueueClient queue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var properties = await queue.GetPropertiesAsync(cancellationToken);
        var oldest = await queue.PeekMessageAsync(cancellationToken);
        // Both moments are storage's own: a host's clock may be wrong.
        var now = oldest.GetRawResponse().Headers.Date ?? clock.GetUtcNow();
        var age = oldest.Value?.InsertedOn is { } inserted ? Math.Max(0, (now - inserted).TotalSeconds) : 0;
        return new QueueHealth(queue.Name, properties.Value.ApproximateMessagesCount, age);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting in {Queue}: {Depth} messages, the oldest for {Seconds} s.")]
    private static partial void Waiting(ILogger logger, string queue, int depth, long seconds);
}
