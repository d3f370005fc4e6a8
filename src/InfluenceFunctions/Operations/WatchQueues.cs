using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>Writes every two minutes how much waits in the queues, for the alerts.</summary>
public sealed class WatchQueues(QueueWatch watch)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(WatchQueues))]
    public Task RunAsync([TimerTrigger("0 */2 * * * *")] TimerInfo timer, FunctionContext context) =>
        watch.RunAsync(context.CancellationToken);
}
