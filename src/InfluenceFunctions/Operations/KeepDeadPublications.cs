using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>Keeps publication messages that failed five times as dead letters. Marks the publications failed.</summary>
public sealed class KeepDeadPublications(DeadLetters letters)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(KeepDeadPublications))]
    public Task RunAsync([QueueTrigger(QueueNames.ShardsPoison)] string message, FunctionContext context) =>
        letters.TakePublicationAsync(message, context.CancellationToken);
}
