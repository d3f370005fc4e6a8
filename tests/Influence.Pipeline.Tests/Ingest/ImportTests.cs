namespace Influence.Pipeline.Tests.Ingest;

/// <summary>A year's export, imported: every line counts once, in whatever order and however often it comes.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ImportTests(TestAzurite azurite)
{
    private const long Day = ScoringPolicy.Day;

    [Fact]
    public async Task A_years_export_counts_once_in_any_batches_and_again_some_days_later()
    {
        await using var one = new App(azurite);
        await using var other = new App(azurite);
        var lines = Enumerable
            .Range(0, 400)
            .Select(i => one.Item($"a{i % 23}", $"t{i % 3}", age: i * Day, extra: $",\"id\":\"{i}\""))
            .ToArray();
        var taken = await ImportAsync(one, lines);
        Assert.Equal((400, 309), (taken.Accepted, taken.Old));
        await one.DrainAsync();
        new Random(7).Shuffle(lines);
        foreach (var part in lines.Concat(lines.Take(100)).Chunk(61))
            await ImportAsync(other, part);
        await other.DrainAsync();
        foreach (var target in new[] { "net:t0", "net:t1", "net:t2" })
            Assert.Equal((await one.CardAsync(target))!.Influence, (await other.CardAsync(target))!.Influence, 1e-9);

        var before = (await one.CardAsync("net:t0"))!;
        Assert.InRange(before.Coverage.Interactions, 130, 134);
        one.Clock.Advance(TimeSpan.FromDays(6));
        // A line that has meanwhile become older than 400 days is refused; all others are known.
        Assert.Equal(5, (await ImportAsync(one, lines)).Rejected.Count(r => r.Code == "too_old"));
        await one.DrainAsync();
        Assert.Equal(before.Coverage, (await one.CardAsync("net:t0"))!.Coverage with { Days = before.Coverage.Days });
    }

    [Fact]
    public async Task Without_an_import_old_facts_are_refused_and_told_of_it()
    {
        await using var app = new App();
        var result = await app.TakeItemsAsync(app.Item("a", "t", age: 91 * Day));
        Assert.Contains("can be imported", Assert.Single(result.Rejected).Message, StringComparison.Ordinal);
        Assert.Null(result.Old);
        var beyond = await ImportAsync(app, app.Item("a", "t", age: 401 * Day));
        Assert.Contains("more than 400 days", Assert.Single(beyond.Rejected).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_import_brought_holds_through_a_settlement_and_a_verification()
    {
        await using var app = new App(settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0")]);
        await ImportAsync(
            app,
            [.. Enumerable.Range(0, 60).Select(i => app.Item($"a{i % 20}", "t", age: (60 + (i * 2)) * Day, extra: $",\"id\":\"{i}\""))]
        );
        await app.DrainAsync();
        var before = (await app.CardAsync("net:t"))!;
        Assert.True(before.Influence > 1);
        await app.PublishAsync();
        Assert.InRange((await app.CardAsync("net:t"))!.Influence / before.Influence, 0.99, 1.1);
        var report = await app.Get<AccountVerifier>().RunAsync(new VerifyRequest([AccountId.Parse("net:t")], 0, 1, false), default);
        Assert.Empty(report.Drifted ?? []);
    }

    private static Task<IngestResult> ImportAsync(App app, params string[] items) =>
        app.TakeAsync($"[{string.Join(',', items)}]", isImport: true);
}
