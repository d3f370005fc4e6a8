using Influence.Pipeline;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions;

/// <summary>Asks every night for the boards of the day before; the setting <c>PublishSchedule</c> says when, six fields, UTC.</summary>
public sealed class PublishLeaderboards(Publish publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PublishLeaderboards))]
    public Task RunAsync([TimerTrigger("%PublishSchedule%")] TimerInfo timer, CancellationToken stop) => publish.RequestDailyAsync(stop);
}
