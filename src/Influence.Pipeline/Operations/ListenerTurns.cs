using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Operations;

/// <summary>When each queue and timer function of this process ran last.</summary>
/// <remarks>
/// Health shows it, and the gauge <c>influence.listener.idle</c>. A queue function runs when a message comes: with nothing to do it ages,
/// which is no fault. A timer function that is older than its schedule is one.
/// </remarks>
public sealed class ListenerTurns : IDisposable
{
    /// <summary>What triggers a queue function.</summary>
    public const string Queue = "queue";

    /// <summary>What triggers a timer function.</summary>
    public const string Timer = "timer";

    private readonly ConcurrentDictionary<string, ListenerHealth> turns = new(StringComparer.Ordinal);
    private readonly Meter meter = new(MetricCatalogue.Pipeline);
    private readonly TimeProvider clock;

    /// <summary>Makes it empty.</summary>
    public ListenerTurns(TimeProvider clock)
    {
        this.clock = clock;
        MetricCatalogue.ListenerIdle.GaugeOf(meter, Idle);
    }

    /// <summary>Every listener by name, those too that never ran.</summary>
    public IReadOnlyList<ListenerHealth> All => [.. turns.Values.OrderBy(t => t.Function, StringComparer.Ordinal)];

    /// <summary>Names a listener that there is, before it runs.</summary>
    public void Expect(string function, string trigger) => turns.TryAdd(function, new ListenerHealth(function, trigger));

    /// <summary>Notes the end of a run; nothing for a function that is no listener.</summary>
    public void Note(string function, bool failed)
    {
        if (turns.TryGetValue(function, out var known))
            turns[function] = known with { LastRun = clock.GetUtcNow(), Failed = failed };
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<double>> Idle() =>
        from turn in turns.Values
        where turn.LastRun is not null
        let seconds = (clock.GetUtcNow() - turn.LastRun!.Value).TotalSeconds
        select new Measurement<double>(seconds, new KeyValuePair<string, object?>("function", turn.Function));
}
