using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Queues;

/// <summary>Processes messages: deletes on success, releases on failure, in the end moves to the poison queue.</summary>
internal sealed partial class QueueMessages(
    QueueFunction function,
    QueueClient queue,
    QueueClient? poison,
    FunctionInvoker invoker,
    HostJsonQueues knobs,
    LocalHostOptions options,
    LoopFactory loops,
    ILogger logger
)
{
    /// <summary>Runs the function on a message and settles it; throws nothing.</summary>
    public async Task ProcessAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await RunAndSettleAsync(message, cancellationToken);
        }
        catch (Exception e)
        {
            // Whatever storage answered: the message comes back when its lock ends.
            Unsettled(logger, queue.Name, message.MessageId, e.GetType().Name, (e as RequestFailedException)?.Status);
        }
    }

    private async Task RunAndSettleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (MessageText.Decode(message.Body.ToString(), knobs.IsBase64) is not { } text)
        {
            if (poison is not null)
                await PoisonAsync(message, message.PopReceipt, poison);
            return;
        }

        await using var held = new MessageLock(queue, message, options.QueueLock, loops, logger);
        var done = await RunAsync(message, text, cancellationToken);
        var receipt = await held.EndAsync();
        if (done)
            await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
        else if (cancellationToken.IsCancellationRequested)
            await ReleaseAsync(message, receipt, TimeSpan.Zero);
        else
            await FailAsync(message, receipt);
    }

    private async Task<bool> RunAsync(QueueMessage message, string text, CancellationToken cancellationToken)
    {
        try
        {
            await invoker.InvokeAsync(
                function,
                new FunctionInput(new TypedData { String = text }, BindingData.Of(message, text)),
                cancellationToken
            );
            return true;
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested)
                Failed(logger, e, function.Name, message.MessageId, message.DequeueCount);
            return false;
        }
    }

    // Of a poison queue: with nowhere to put it, what fails comes back when its lock ends, as often as it takes; the host deletes none.
    private async Task FailAsync(QueueMessage message, string receipt)
    {
        if (poison is null)
            return;
        if (message.DequeueCount >= knobs.MaxDequeueCount)
            await PoisonAsync(message, receipt, poison);
        else
            await ReleaseAsync(message, receipt, knobs.VisibilityTimeout);
    }

    // Cut short by a stop is no failure: the next start takes it at once.
    private async Task ReleaseAsync(QueueMessage message, string receipt, TimeSpan after) =>
        await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: after);

    private async Task PoisonAsync(QueueMessage message, string receipt, QueueClient to)
    {
        Poisoned(logger, function.Name, message.MessageId, to.Name);
        await SendAsync(to, message.Body);
        await queue.DeleteMessageAsync(message.MessageId, receipt);
    }

    private static async Task SendAsync(QueueClient to, BinaryData body)
    {
        try
        {
            await to.SendMessageAsync(body);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await to.CreateIfNotExistsAsync();
            await to.SendMessageAsync(body);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Queue {Queue}: message {Id} could be neither deleted nor released ({Trouble} {Status}); it comes back by itself"
    )]
    private static partial void Unsettled(ILogger logger, string queue, string id, string trouble, int? status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed on message {Id}, attempt {Attempt}")]
    private static partial void Failed(ILogger logger, Exception exception, string function, string id, long attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} gives up message {Id}: moved to {Poison}")]
    private static partial void Poisoned(ILogger logger, string function, string id, string poison);
}
