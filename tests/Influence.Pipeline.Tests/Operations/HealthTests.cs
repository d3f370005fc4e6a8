namespace Influence.Pipeline.Tests.Operations;

[Collection(AzuriteCollection.Name)]
public sealed class HealthTests(TestAzurite azurite)
{
    [Fact]
    public async Task Health_tells_what_waits_and_the_last_board()
    {
        await using var app = new App(azurite);
        var empty = await app.Get<Health>().CheckAsync(default);
        Assert.Equal((true, null), (empty.IsHealthy, empty.LastBoard));
        Assert.All(empty.Queues, q => Assert.Equal((0, 0.0), (q.Depth, q.OldestSeconds)));

        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.SendAsync([app.Share("net:b", "net:t")]);
        Assert.Equal(
            2,
            (await app.Get<Health>().CheckAsync(default))
                .Queues.Single(q => q.Name.EndsWith(QueueNames.Interactions, StringComparison.Ordinal))
                .Depth
        );
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<Health>().CheckAsync(default)).LastBoard);
    }

    [Fact]
    public async Task A_flood_of_questions_costs_five_requests_and_is_answered_by_one_report()
    {
        await using var app = new App(azurite, settings: ("Influence:HealthCacheSeconds", "2"));
        await app.Deployment.KeysAsync(default);
        using var count = new StorageCount();
        var reports = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => app.Get<Health>().CheckAsync(default)));
        Assert.Equal(5, count["health"]);
        Assert.All(reports, r => Assert.Equal(app.Clock.GetUtcNow(), r.AsOf));

        app.Clock.Advance(TimeSpan.FromSeconds(1.9));
        await app.Get<Health>().CheckAsync(default);
        Assert.Equal(5, count["health"]);
        app.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(app.Clock.GetUtcNow(), (await app.Get<Health>().CheckAsync(default)).AsOf);
        Assert.Equal(10, count["health"]);
    }

    [Fact]
    public async Task A_caller_who_goes_away_takes_nobody_elses_report_with_him()
    {
        await using var app = new App(azurite, settings: ("Influence:HealthCacheSeconds", "2"));
        using var impatient = new CancellationTokenSource();
        var first = app.Get<Health>().CheckAsync(impatient.Token);
        var second = app.Get<Health>().CheckAsync(default);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True((await second).IsHealthy);
    }
}
