using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Queues;

/// <summary>
/// Keeps a message invisible to others while its function runs: renewed when half of the time is over, and tried again, more often, when
/// that fails.
/// </summary>
internal sealed partial class MessageLock(QueueClient queue, QueueMessage message, TimeSpan duration, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly string id = message.MessageId;
    private string receipt = message.PopReceipt;
    private Task renewal = Task.CompletedTask;

    public void Start() => renewal = RenewAsync();

    /// <summary>Ends the renewal and gives the receipt that is valid now.</summary>
    public async Task<string> EndAsync()
    {
        await stopping.CancelAsync();
        await renewal;
        return receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stopping.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            for (var isHeld = true; ; )
                isHeld = await RenewAfterAsync(isHeld ? duration / 2 : duration / 10);
        }
        catch (OperationCanceledException)
        {
            // The function is done.
        }
    }

    private async Task<bool> RenewAfterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, stopping.Token);
        try
        {
            receipt = (await queue.UpdateMessageAsync(id, receipt, visibilityTimeout: duration)).Value.PopReceipt;
            return true;
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            // If it stays so, somebody else runs it too in the end: what functions do is idempotent.
            Lost(logger, (e as RequestFailedException)?.Status ?? 0, queue.Name, id);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock of message {Id} of queue {Queue} could not be renewed (status {Status})")]
    private static partial void Lost(ILogger logger, int status, string queue, string id);
}
