using Influence.Pipeline;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary>Keeps publications that failed five times, with the reason, and marks them failed.</summary>
public sealed class KeepDeadPublications(DeadLetters letters)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(KeepDeadPublications))]
    public Task RunAsync([QueueTrigger(QueueNames.ShardsPoison)] string message, FunctionContext context, CancellationToken stop) =>
        letters.TakePublicationAsync(QueueMessageId.Of(context), message, stop);
}
