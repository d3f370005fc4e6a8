using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Queues;

/// <summary>Keeps a message invisible to others while its function runs: a lease, renewed at half of its time.</summary>
/// <remarks>
/// What cannot be renewed is tried again, more often. If it stays so another host runs the message too: what functions do is idempotent.
/// </remarks>
internal sealed class MessageLock : IAsyncDisposable
{
    // A renewal under way gives the receipt that is valid afterwards, so it is waited for.
    private static readonly TimeSpan LastRenewal = TimeSpan.FromSeconds(5);

    private readonly QueueClient queue;
    private readonly string id;
    private readonly TimeSpan duration;
    private readonly CancellationTokenSource done = new();
    private readonly CancellationTokenSource giveUp;
    private readonly Task renewal;
    private string receipt;
    private bool hasBegun;

    public MessageLock(QueueClient queue, QueueMessage message, TimeSpan duration, LoopFactory loops, ILogger logger)
    {
        (this.queue, this.duration, id, receipt) = (queue, duration, message.MessageId, message.PopReceipt);
        giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, loops.Clock);
        var loop = loops.Create($"renewal of locks in queue {queue.Name}", logger, loops.Backoff(duration / 20, duration / 10));
        renewal = loop.RunAsync(_ => RenewAsync(), done.Token);
    }

    /// <summary>Ends the renewal and gives the receipt that is valid now.</summary>
    public async Task<string> EndAsync()
    {
        giveUp.CancelAfter(LastRenewal);
        await done.CancelAsync();
        await renewal;
        return receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        done.Dispose();
        giveUp.Dispose();
    }

    private async Task<TimeSpan> RenewAsync()
    {
        // As received it is locked already.
        if (hasBegun)
            receipt = (await queue.UpdateMessageAsync(id, receipt, visibilityTimeout: duration, cancellationToken: giveUp.Token))
                .Value
                .PopReceipt;
        hasBegun = true;
        return duration / 2;
    }
}
