using Influence.Pipeline;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary>Applies a batch of facts to the accounts it is about.</summary>
public sealed class RecomputeScores(Recompute recompute)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(RecomputeScores))]
    public Task RunAsync([QueueTrigger(QueueNames.Interactions)] string message, CancellationToken stop) => recompute.ApplyAsync(message, stop);
}
