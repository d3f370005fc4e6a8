using System.Globalization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime;

/// <summary>Processes single messages: delete on success, release on failure, to the poison queue when the attempts are used up.</summary>
internal sealed partial class QueueMessages(
    QueueFunction function, QueueClient queue, QueueClient? poison, FunctionInvoker invoker, HostJsonQueues knobs, RuntimeOptions options, ILogger logger)
{
    public async Task ProcessAsync(QueueMessage message, CancellationToken stop)
    {
        if (MessageText.Decode(message.Body.ToString(), knobs.IsBase64) is not { } text)
        {
            await PoisonAsync(message, message.PopReceipt);
            return;
        }

        await using var held = new MessageLock(queue, message, options.QueueLock, logger);
        held.Start();
        var done = await RunAsync(message, text, stop);
        var receipt = await held.EndAsync();
        if (done) await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
        else if (message.DequeueCount >= knobs.MaxDequeueCount && !stop.IsCancellationRequested) await PoisonAsync(message, receipt);
        else await ReleaseAsync(message, receipt, stop);
    }

    private async Task<bool> RunAsync(QueueMessage message, string text, CancellationToken stop)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = text,
            ["Id"] = message.MessageId,
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["InsertionTime"] = message.InsertedOn?.ToString("O", CultureInfo.InvariantCulture),
        };
        try
        {
            await invoker.InvokeAsync(function, text, data, stop);
            return true;
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested) Failed(logger, e, function.Name, message.MessageId, message.DequeueCount);
            return false;
        }
    }

    // Cut short by a stop is no failure: the next start takes it at once.
    private async Task ReleaseAsync(QueueMessage message, string receipt, CancellationToken stop) => await queue.UpdateMessageAsync(
        message.MessageId, receipt, visibilityTimeout: stop.IsCancellationRequested ? TimeSpan.Zero : knobs.VisibilityTimeout, cancellationToken: CancellationToken.None);

    private async Task PoisonAsync(QueueMessage message, string receipt)
    {
        if (poison is not null)
        {
            Poisoned(logger, function.Name, message.MessageId, poison.Name);
            await SendPoisonAsync(message.Body);
        }

        await queue.DeleteMessageAsync(message.MessageId, receipt);
    }

    private async Task SendPoisonAsync(BinaryData body)
    {
        try
        {
            await poison!.SendMessageAsync(body);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await poison!.CreateIfNotExistsAsync();
            await poison.SendMessageAsync(body);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed on message {Id}, attempt {Attempt}")]
    private static partial void Failed(ILogger logger, Exception exception, string function, string id, long attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} gives up message {Id}: moved to {Poison}")]
    private static partial void Poisoned(ILogger logger, string function, string id, string poison);
}
