namespace Influence.Replay.Client;

/// <summary>Polls the health report until the app has processed what it accepted.</summary>
internal sealed class QueueDrain(Api api, TimeProvider clock)
{
    private const string Queue = "interactions";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Messages of an app that was killed come back after 10 minutes; a queue that does not move for longer never will.
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    /// <summary>Returns when the queue was empty twice in a row.</summary>
    /// <remarks>
    /// Twice, because the depth is approximate, and a message may just be on its way.
    /// Each host of the app caches its report for a few seconds: one of before this wait does not count, and none counts twice.
    /// </remarks>
    public async Task WaitAsync(Action<string> show, CancellationToken cancellationToken)
    {
        var (empty, depth, since) = (0, -1, clock.GetTimestamp());
        var (began, seen) = ((DateTimeOffset?)null, default(DateTimeOffset));
        while (true)
        {
            var (health, date) = await api.HealthAsync(cancellationToken);
            began ??= date;
            var queue =
                health.Queues?.FirstOrDefault(q => q.Name == Queue)
                ?? throw new ReplayFailedException($"The app's health tells nothing of the queue '{Queue}'.");
            if (queue.Depth > 0)
                empty = 0;
            else if (IsNew(health.AsOf, began, seen) && ++empty == 2)
                return;
            seen = health.AsOf;
            if (queue.Depth != depth)
                (depth, since) = (queue.Depth, clock.GetTimestamp());
            if (clock.GetElapsedTime(since) > Stuck)
                throw new ReplayFailedException(
                    $"The queue '{Queue}' holds {depth} messages and has not moved for {Stuck.TotalMinutes} minutes: "
                        + "is the app's worker running?"
                );
            show($"Working: {queue.Depth:N0} messages left in the queue, the oldest {queue.OldestSeconds:N0} s old");
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    // An app without a cache does not say of which moment its report is.
    private static bool IsNew(DateTimeOffset asOf, DateTimeOffset? began, DateTimeOffset seen) =>
        asOf == default || (asOf != seen && !(asOf < began));
}
