namespace Influence.Replay.Client;

/// <summary>Waits until the app has worked off what it accepted.</summary>
internal sealed class QueueDrain(Api api)
{
    private const string Queue = "interactions";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Messages of an app that was killed come back after 10 minutes; a queue that does not move for longer never will.
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    /// <summary>Returns when the queue was empty twice in a row: the depth is approximate, and a message may just be on its way.</summary>
    public async Task WaitAsync(Action<string> show, CancellationToken cancellationToken)
    {
        var (empty, depth, since) = (0, -1, Environment.TickCount64);
        while (true)
        {
            var health = await api.HealthAsync(cancellationToken);
            var queue =
                health.Queues?.FirstOrDefault(q => q.Name == Queue)
                ?? throw new ReplayFailedException($"The app's health tells nothing of the queue '{Queue}'.");
            empty = queue.Depth == 0 ? empty + 1 : 0;
            if (empty == 2)
                return;
            if (queue.Depth != depth)
                (depth, since) = (queue.Depth, Environment.TickCount64);
            if (Environment.TickCount64 - since > Stuck.TotalMilliseconds)
            {
                throw new ReplayFailedException(
                    $"The queue '{Queue}' holds {depth} messages and has not moved for {Stuck.TotalMinutes} minutes: is the app's worker running?"
                );
            }

            show($"Working: {queue.Depth:N0} messages left in the queue, the oldest {queue.OldestSeconds:N0} s old");
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
