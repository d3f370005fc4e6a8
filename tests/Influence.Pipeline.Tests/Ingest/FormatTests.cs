namespace Influence.Pipeline.Tests.Ingest;

public sealed class FormatTests
{
    private const string Event = "\"specversion\":\"1.0\",\"type\":\"social\",\"source\":\"/feed\",\"time\":\"2026-11-20T11:00:00Z\"";

    [Fact]
    public async Task Every_format_brings_the_same_facts()
    {
        await using var app = new App();
        var items = Enumerable.Range(0, 4).Select(i => app.Item($"a{i}", "t")).ToArray();
        var data = items.Select((item, i) => $"{{{Event},\"id\":\"e{i}\",\"data\":{item}}}").ToArray();
        await TakeAsync(app, 2, $"{{\"interactions\":[{items[0]},{items[1]}],\"more\":1}}", FactBodyFormat.Json);
        await TakeAsync(app, 2, $" [{items[0]},{items[1]}] ", FactBodyFormat.Json);
        await TakeAsync(app, 3, $"{items[0]}\r\n\n  \n{items[1]}\n{items[2]}", FactBodyFormat.Ndjson);
        await TakeAsync(app, 1, data[3], FactBodyFormat.CloudEvent);
        await TakeAsync(app, 4, $"[{string.Join(',', data)}]", FactBodyFormat.CloudEventBatch);
        await app.DrainAsync();
        // Items from events carry the event's id, so those two of the others count again; their actors are the same four people.
        var card = await app.CardAsync("net:t");
        Assert.Equal((4, 7), (card!.Coverage.People, card.Coverage.Interactions));
    }

    [Fact]
    public async Task An_events_id_and_time_stand_in_for_those_its_data_lacks()
    {
        await using var app = new App();
        const string data = """{"type":"share","actor":"net:a","target":"net:t"}""";
        foreach (var source in new[] { "/feed", "/feed", "/other" })
            await TakeAsync(
                app,
                1,
                $"{{{Event.Replace("/feed", source, StringComparison.Ordinal)},\"id\":\"1\",\"data\":{data}}}",
                FactBodyFormat.CloudEvent
            );
        await TakeAsync(app, 1, $"{{{Event},\"id\":\"{new string('x', 400)}\",\"data\":{data}}}", FactBodyFormat.CloudEvent);
        var facts = (await app.ReceiveAsync()).SelectMany(m => FactsCodec.Read(m).Facts).Cast<Interaction>().ToList();
        Assert.Equal(
            ["/feed 1", "/feed 1", "/other 1"],
            facts.Select(f => f.Id!).Where(id => id.Length < 10).Order(StringComparer.Ordinal)
        );
        Assert.Equal(32, facts.Max(f => f.Id!.Length));
        Assert.All(facts, f => Assert.Equal(app.Now - 3600, f.At));
    }

    [Fact]
    public async Task Metrics_are_taken_in_the_same_formats()
    {
        await using var app = new App();
        var item = $$"""{"account":"net:t","metric":"likes","add":5,"at":{{app.Now}},"id":"m"}""";
        foreach (
            var (body, format) in new[]
            {
                ($"{{\"metrics\":[{item}]}}", FactBodyFormat.Json),
                ($"[{item}]", FactBodyFormat.Json),
                (item, FactBodyFormat.Ndjson),
                ($"{{{Event},\"id\":\"e\",\"data\":{item}}}", FactBodyFormat.CloudEvent),
            }
        )
            Assert.Equal(1, (await app.TakeAsync(body, format, FactKind.Metrics)).Accepted);
        Assert.Equal(1, (await app.DrainAsync()).Sum(r => r.Applied));
        Assert.Equal(0.25, (await app.CardAsync("net:t"))!.Audience, 1e-9);
    }

    private static async Task TakeAsync(App app, int accepted, string body, FactBodyFormat format)
    {
        var result = await app.TakeAsync(body, format);
        Assert.Equal((IngestStatus.Accepted, accepted, 0), (result.Status, result.Accepted, result.Rejected.Count));
        Assert.NotEmpty(result.Batch);
    }
}
