using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary>Looks every five minutes for publications that stand still, and asks again for what they miss.</summary>
public sealed class WatchPublications(WorkflowRouter publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(WatchPublications))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context) =>
        publish.ResumeStalledAsync(context.CancellationToken);
}
