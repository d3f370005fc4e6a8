using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Support;

/// <summary>The moment stands still until a test moves it; a wait takes its real time, as real storage does.</summary>
internal sealed class StandingClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}

/// <summary>Every wait is over at once, and that much later it is: a test of ten minutes takes none.</summary>
internal sealed class JumpingClock : FakeTimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Add(dueTime);
        Advance(dueTime);
        return timer;
    }
}
