namespace Influence.LocalRuntime.Queues;

/// <summary>
/// The pause between two looks at an empty queue: 100 ms, doubling to a limit, each ±20 % so that instances do not march in step.
/// </summary>
internal sealed class PollingDelay(TimeSpan limit, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private TimeSpan current = First;

    public void Reset() => current = First;

    public TimeSpan Next()
    {
        var pause = current * (0.8 + (0.4 * random.NextDouble()));
        current =
            current * 2 < limit ? current * 2
            : limit > First ? limit
            : First;
        return pause;
    }
}
