using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Queues;

/// <summary>Polls one queue: fetches a batch whenever no more than the threshold is in work.</summary>
internal sealed class QueueListener(
    QueueClient queue,
    QueueMessages messages,
    FunctionInvoker invoker,
    HostJsonQueues knobs,
    LocalHostOptions options,
    LoopFactory loops,
    ILogger logger
)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<Task> inWork = [];
    private readonly Backoff whenEmpty = loops.Backoff(FirstPause, knobs.MaxPollingInterval);

    /// <summary>Runs until stopped, then waits for what is in work.</summary>
    /// <param name="cancellationToken">No more messages are fetched.</param>
    /// <param name="abandon">What is in work should end.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken abandon)
    {
        var loop = loops.Create($"listener of queue {queue.Name}", logger);
        await loop.RunAsync(stop => PollAsync(stop, abandon), cancellationToken);
        await Task.WhenAll(inWork);
    }

    private async Task<TimeSpan> PollAsync(CancellationToken stop, CancellationToken abandon)
    {
        inWork.RemoveWhere(t => t.IsCompleted);
        while (inWork.Count > knobs.Threshold)
            inWork.Remove(await Task.WhenAny(inWork));
        // A message that waits here for a worker would be locked for nothing.
        await invoker.ReadyAsync(stop);
        var batch = await ReceiveAsync(stop);
        foreach (var message in batch)
            inWork.Add(Task.Run(() => messages.ProcessAsync(message, abandon), CancellationToken.None));
        if (batch.Length == 0)
            return whenEmpty.Next();
        whenEmpty.Reset();
        return TimeSpan.Zero;
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stop)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(knobs.BatchSize, options.QueueLock, stop)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // As the host does: the queue is not created here, but found when it comes.
            return [];
        }
    }
}
