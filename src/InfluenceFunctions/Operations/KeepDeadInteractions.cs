using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>Keeps messages of facts that failed five times as dead letters.</summary>
public sealed class KeepDeadInteractions(DeadLetters letters)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(KeepDeadInteractions))]
    public Task RunAsync([QueueTrigger(QueueNames.InteractionsPoison)] string message, FunctionContext context) =>
        letters.TakeFactsAsync(message, context.CancellationToken);
}
