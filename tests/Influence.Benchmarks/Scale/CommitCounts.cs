using System.Diagnostics.Metrics;

namespace Influence.Benchmarks.Scale;

/// <summary>Counts group commits of all hosts of this process while it is alive.</summary>
internal sealed class CommitCounts : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> counts = [];
    private readonly MeterListener listener = new();

    public CommitCounts()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == CommitMetrics.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                lock (gate)
                    counts[$"{instrument.Name} {tags[0].Value}"] = Of(instrument.Name, $"{tags[0].Value}") + value;
            }
        );
        listener.SetMeasurementEventCallback<double>(
            (_, seconds, _, _) =>
            {
                lock (gate)
                    LongestSeconds = Math.Max(LongestSeconds, seconds);
            }
        );
        listener.Start();
    }

    /// <summary>The longest group commit, from its first attempt to its last outcome.</summary>
    public double LongestSeconds { get; private set; }

    /// <summary>Share of transactions and single writes that were lost to another host, 0–1.</summary>
    public double LostCommits => ShareLost("influence.accounts.commits");

    /// <summary>Share of accounts that were lost to another host and decided anew, 0–1.</summary>
    public double LostRows => ShareLost("influence.accounts.rows");

    public void Dispose() => listener.Dispose();

    private double ShareLost(string counter)
    {
        lock (gate)
            return Of(counter, "lost") / Math.Max(1.0, Of(counter, "lost") + Of(counter, "saved"));
    }

    private long Of(string counter, string outcome) => counts.GetValueOrDefault($"{counter} {outcome}");
}
