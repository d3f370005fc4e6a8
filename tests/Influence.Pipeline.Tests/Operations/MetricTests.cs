using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Tests.Operations;

/// <summary>What the instruments count, over storage in memory; only what this test's own flow does.</summary>
public sealed class MetricTests : IDisposable
{
    private static readonly AsyncLocal<MetricTests?> Flow = new();
    private readonly ConcurrentDictionary<string, double> sums = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public MetricTests()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (MetricCatalogue.Meters.Contains(instrument.Meter.Name))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        listener.Start();
    }

    [Fact]
    public async Task Facts_are_counted_when_they_come_and_when_they_count_with_the_time_between()
    {
        Flow.Value = this;
        await using var app = new App();
        await app.TakeItemsAsync(app.Item("a", "t"), app.Item("b", "t"), app.Item("c", "c"));
        await app.TakeAsync($"[{app.Item("d", "t")}]", isImport: true);
        app.Clock.Advance(TimeSpan.FromSeconds(90));
        var texts = await app.ReceiveAsync();
        foreach (var text in texts.Append(texts[0]))
            await app.ApplyAsync(text);

        Assert.Equal((2, 1), (this["influence.facts.accepted way=api"], this["influence.facts.accepted way=import"]));
        Assert.Equal(1, this["influence.facts.refused code=self_interaction way=api"]);
        // The first message came twice: its facts were known then, and are not late a second time.
        Assert.Equal((3, 2), (this["influence.facts.processed effect=applied"], this["influence.facts.processed effect=known"]));
        Assert.Equal(180, this["influence.score.lag"]);
    }

    [Fact]
    public async Task Caches_tell_hits_from_misses()
    {
        Flow.Value = this;
        await using var app = new App(settings: ("Influence:CardCacheSeconds", "30"));
        for (var i = 0; i < 3; i++)
        {
            await app.SendAsync([app.Share($"net:a{i}", "net:t")]);
            await app.DrainAsync();
            await app.CardAsync("net:t");
        }

        Assert.Equal(
            (2, 1),
            (this["influence.cache.lookups cache=accounts result=hit"], this["influence.cache.lookups cache=accounts result=miss"])
        );
        Assert.Equal(
            (2, 1),
            (this["influence.cache.lookups cache=cards result=hit"], this["influence.cache.lookups cache=cards result=miss"])
        );
    }

    [Fact]
    public async Task A_publication_tells_its_time_and_its_end()
    {
        Flow.Value = this;
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Contains("influence.workflow.duration state=completed workflow=publication", sums.Keys);
    }

    [Fact]
    public async Task A_message_that_is_given_up_is_counted_once()
    {
        Flow.Value = this;
        await using var app = new App();
        for (var i = 0; i < 2; i++)
            await app.Get<DeadLetters>().TakeFactsAsync("no message of ours", default);
        Assert.Equal(1, this["influence.dead_letters.kept queue=interactions"]);
    }

    [Fact]
    public async Task Writes_that_are_refused_for_now_are_counted_by_why()
    {
        Flow.Value = this;
        await using var app = new App(settings: [("Influence:MaxConcurrentWrites", "1"), ("Influence:ItemsPerMinute", "1")]);
        var limits = app.Get<WriteLimits>();
        using (limits.Enter(Writer.Unnamed))
        using (limits.EnterDelivery())
            foreach (var slot in new[] { limits.Enter(Writer.Unnamed), limits.EnterDelivery(), limits.EnterDelivery() })
                slot.Dispose();
        app.Get<ItemBudgets>().Charge(Writer.Unnamed, 999);
        await app.TakeItemsAsync(app.Item("a", "t"), app.Item("b", "t"));
        app.Get<ItemBudgets>().Charge(Writer.Unnamed, 1);
        limits.Enter(Writer.Unnamed).Dispose();
        Assert.Equal((3, 2), (this["influence.writes.throttled reason=concurrency"], this["influence.writes.throttled reason=budget"]));
    }

    [Fact]
    public async Task Gauges_tell_the_latest_look_at_the_queues_while_it_is_fresh_and_each_listeners_age()
    {
        Flow.Value = this;
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.Get<QueueWatch>().RunAsync(default);
        var turns = app.Get<ListenerTurns>();
        turns.Expect("Never", ListenerTurns.Timer);
        turns.Expect("Works", ListenerTurns.Timer);
        turns.Note("Works", failed: false);
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        listener.RecordObservableInstruments();
        Assert.Equal((1, 0), (this["influence.queue.depth queue=interactions"], this["influence.queue.depth queue=shards-poison"]));
        Assert.Contains("influence.queue.age queue=interactions", sums.Keys);
        Assert.Equal(240, this["influence.listener.idle function=Works"]);
        Assert.DoesNotContain("influence.listener.idle function=Never", sums.Keys);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        sums.Clear();
        listener.RecordObservableInstruments();
        Assert.DoesNotContain("influence.queue.depth queue=interactions", sums.Keys);
    }

    public void Dispose() => listener.Dispose();

    private double this[string metric] => sums.GetValueOrDefault(metric);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Flow.Value != this)
            return;
        var definition = MetricCatalogue.All.Single(m => m.Name == instrument.Name);
        Assert.Equal((definition.Meter, definition.Unit), (instrument.Meter.Name, instrument.Unit));
        var named = tags.ToArray();
        Assert.Equal(definition.Tags.Order(StringComparer.Ordinal), named.Select(t => t.Key).Order(StringComparer.Ordinal));
        var texts = named.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $" {t.Key}={t.Value}");
        sums.AddOrUpdate(instrument.Name + string.Concat(texts), value, (_, sum) => sum + value);
    }
}
