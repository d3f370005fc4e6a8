using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>Keeps batches of facts that failed five times, with the reason.</summary>
public sealed class KeepDeadInteractions(DeadLetters letters)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(KeepDeadInteractions))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.InteractionsPoison)] string message,
        FunctionContext context,
        CancellationToken cancellationToken
    ) => letters.TakeFactsAsync(QueueMessageId.Of(context), message, cancellationToken);
}
