using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary>Asks every night for the boards of the day before; the setting <c>PublishSchedule</c> says when, six fields, UTC.</summary>
public sealed class PublishLeaderboards(Publisher publish)
{
    /// <summary>Runs the function.</summary>
    [Function(nameof(PublishLeaderboards))]
    public Task RunAsync([TimerTrigger("%PublishSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        publish.RequestDailyAsync(cancellationToken);
}
