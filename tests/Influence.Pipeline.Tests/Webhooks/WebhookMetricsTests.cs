using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Tests.Webhooks;

public sealed class WebhookMetricsTests
{
    [Fact]
    public void Events_are_counted_by_type_and_a_sender_who_invents_types_fills_no_store()
    {
        using var metrics = new WebhookMetrics();
        var (events, total) = (new Dictionary<(string, string), long>(), 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Name == "influence.webhooks.skipped")
                    l.EnableMeasurementEvents(i);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                var key = ((string)tags[0].Value!, (string)tags[1].Value!);
                events[key] = events.GetValueOrDefault(key) + count;
                total += count;
            }
        );
        listener.Start();

        metrics.Skipped("github", new Dictionary<string, int> { ["push"] = 2, ["ping"] = 1 });
        for (var i = 0; i < 5000; i++)
            metrics.Skipped("github", new Dictionary<string, int> { [$"invented{i}"] = 1 });
        metrics.Skipped("github", new Dictionary<string, int> { ["push"] = 3 });
        metrics.Skipped("x", new Dictionary<string, int> { ["spaces.start"] = 1 });

        Assert.Equal((5L, 1L), (events[("github", "push")], events[("x", "spaces.start")]));
        Assert.Equal(WebhookMetrics.MaxEvents + 1, events.Keys.Count(k => k.Item1 == "github"));
        Assert.Equal(5007, total);
    }
}
