using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary>Deletes every night what is past its time: boards, partial results of publications, activities.</summary>
public sealed class DeleteExpired(Retention retention)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(DeleteExpired))]
    public Task RunAsync([TimerTrigger("0 40 3 * * *")] TimerInfo timer, FunctionContext context) =>
        retention.RunAsync(context.CancellationToken);
}
