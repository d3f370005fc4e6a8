using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>Keeps publications that failed five times, with the reason, and marks them failed.</summary>
public sealed class KeepDeadPublications(DeadLetters letters)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(KeepDeadPublications))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.ShardsPoison)] string message,
        FunctionContext context,
        CancellationToken cancellationToken
    ) => letters.TakePublicationAsync(QueueMessageId.Of(context), message, cancellationToken);
}
