using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Queues;

/// <summary>Pumps one queue: fetches a batch whenever no more than the threshold is in work.</summary>
internal sealed partial class QueueListener(
    QueueClient queue,
    QueueMessages messages,
    HostJsonQueues knobs,
    RuntimeOptions options,
    ILogger logger
)
{
    private readonly HashSet<Task> inWork = [];

    /// <summary>Runs until stopped, then waits for what is in work.</summary>
    /// <param name="cancellationToken">No more messages are fetched.</param>
    /// <param name="abandon">What is in work should end.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken abandon)
    {
        var delay = new PollingDelay(knobs.MaxPollingInterval, Random.Shared);
        while (!cancellationToken.IsCancellationRequested)
        {
            var batch = await ReceiveAsync(cancellationToken);
            foreach (var message in batch)
                inWork.Add(ProcessAsync(message, abandon));
            if (batch.Length > 0)
                delay.Reset();
            else
                await WaitAsync(delay.Next(), cancellationToken);
            await ThresholdAsync();
        }

        await Task.WhenAll(inWork);
    }

    private async Task ThresholdAsync()
    {
        inWork.RemoveWhere(t => t.IsCompleted);
        while (inWork.Count > knobs.Threshold)
            inWork.Remove(await Task.WhenAny(inWork));
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(knobs.BatchSize, options.QueueLock, cancellationToken)).Value;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e) when (e is OperationCanceledException || WebJobsStorage.IsOutage(e))
        {
            // A missing queue is not created by the listener, and storage may come back.
            if ((e as RequestFailedException)?.Status != 404)
                Unreachable(logger, queue.Name);
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken abandon)
    {
        await Task.Yield();
        try
        {
            await messages.ProcessAsync(message, abandon);
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            // It comes back when its invisibility ends.
            Unsettled(logger, queue.Name, message.MessageId);
        }
    }

    private static async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} does not answer")]
    private static partial void Unreachable(ILogger logger, string queue);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Queue {Queue}: message {Id} could be neither deleted nor released; it comes back by itself"
    )]
    private static partial void Unsettled(ILogger logger, string queue, string id);
}
