using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary>Requests the daily publication on the schedule of the setting <c>PublishSchedule</c>.</summary>
public sealed class PublishLeaderboards(Publisher publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PublishLeaderboards))]
    public Task RunAsync([TimerTrigger("%PublishSchedule%")] TimerInfo timer, FunctionContext context) =>
        publish.RequestDailyAsync(context.CancellationToken);
}
