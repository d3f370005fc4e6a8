namespace Influence.Simulation.Kernel;

/// <summary>The one time of a simulation, which is storage's clock too. It stands still unless it is moved.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<SimulatedTimer, (DateTimeOffset Due, long Order)> timers = new();
    private long order;

    public DateTimeOffset Now { get; private set; } = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    /// <summary>When the next timer is due; null when there is none.</summary>
    public DateTimeOffset? NextDue()
    {
        while (timers.TryPeek(out var timer, out var key))
        {
            if (timer.IsDueAt(key.Due))
                return key.Due;
            timers.Dequeue();
        }

        return null;
    }

    /// <summary>Moves time on, and fires what is due on the way, each at its own moment.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        while (NextDue() is { } due && due <= moment)
        {
            Now = due > Now ? due : Now;
            timers.Dequeue().Fire();
        }

        Now = moment > Now ? moment : Now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("A timer that fires again and again is not simulated.");
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Add(SimulatedTimer timer, DateTimeOffset due) => timers.Enqueue(timer, (due, order++));

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private DateTimeOffset? due;

        public bool IsDueAt(DateTimeOffset moment) => due == moment;

        public void Fire()
        {
            due = null;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : time.Now + dueTime;
            if (due is { } moment)
                time.Add(this, moment);
            return true;
        }

        public void Dispose() => due = null;

        public ValueTask DisposeAsync()
        {
            due = null;
            return default;
        }
    }
}

/// <summary>A host's clock: it runs with storage's, but shows another time by a fixed skew.</summary>
internal sealed class HostClock(SimulatedTime time, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.Now + skew;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
