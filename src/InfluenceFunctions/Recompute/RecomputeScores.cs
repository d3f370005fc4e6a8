using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Recompute;

/// <summary>Applies a batch of facts to the accounts it is about.</summary>
public sealed class RecomputeScores(ScoreRecomputer recompute)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(RecomputeScores))]
    public Task RunAsync([QueueTrigger(QueueNames.Interactions)] string message, FunctionContext context) =>
        recompute.ApplyAsync(message, context.CancellationToken);
}
