using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Influence.Benchmarks.Scale;

/// <summary>Counts requests to storage by step while it is alive. Reads the meter that a deployment is watched with.</summary>
internal sealed class StorageCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, long> steps = new();
    private readonly MeterListener listener = new();

    public StorageCounts()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == StorageRequests.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, requests, tags, _) => steps.AddOrUpdate((string)tags[0].Value!, requests, (_, known) => known + requests)
        );
        listener.Start();
    }

    public long this[string step] => steps.GetValueOrDefault(step);

    public long Total => steps.Values.Sum();

    public void Dispose() => listener.Dispose();
}
