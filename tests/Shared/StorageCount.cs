using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Influence.Tests;

/// <summary>Counts requests to storage by step, as a deployment's own meter does, while it is alive.</summary>
internal sealed class StorageCount : IDisposable
{
    private readonly ConcurrentDictionary<string, int> steps = new();
    private readonly MeterListener listener = new();

    public StorageCount()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == StorageRequests.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, requests, tags, _) => steps.AddOrUpdate((string)tags[0].Value!, (int)requests, (_, known) => known + (int)requests)
        );
        listener.Start();
    }

    public int this[string step] => steps.GetValueOrDefault(step);

    public int Total => steps.Values.Sum();

    public void Dispose() => listener.Dispose();
}
