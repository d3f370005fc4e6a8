using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

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
    public async Task What_failed_for_good_is_told_and_each_listeners_last_run()
    {
        await using var app = new App(azurite);
        await app.Deployment.KeysAsync(default);
        await app.Deployment.ShardsPoison.SendMessageAsync("x");
        var turns = app.Get<ListenerTurns>();
        turns.Expect("Works", ListenerTurns.Queue);
        turns.Expect("Fails", ListenerTurns.Timer);
        turns.Expect("Rests", ListenerTurns.Timer);
        turns.Note("Works", failed: false);
        turns.Note("Fails", failed: true);
        turns.Note("AnswersHttp", failed: false);

        var health = await app.Get<Health>().CheckAsync(default);
        Assert.Equal(
            [(QueueNames.Interactions, 0), (QueueNames.Shards, 0), (QueueNames.InteractionsPoison, 0), (QueueNames.ShardsPoison, 1)],
            health.Queues.Select(q => (q.Name[app.Prefix.Length..], q.Depth))
        );
        DateTimeOffset? now = app.Clock.GetUtcNow();
        Assert.Equal(
            [("Fails", "timer", now, true), ("Rests", "timer", null, null), ("Works", "queue", now, (bool?)false)],
            health.Listeners.Select(l => (l.Function, l.Trigger, l.LastRun, l.Failed))
        );
    }

    [Theory]
    [InlineData("tables")]
    [InlineData("queues")]
    public async Task One_that_fails_hides_no_other(string away)
    {
        await using var storage = await FaultyStorage.ReadyAsync(azurite);
        var tables = storage.Get<Deployment>().Accounts.Uri.Port;
        storage.FaultOf = r => r.RequestUri!.Port == tables == (away == "tables") ? Fault.LostRequest : Fault.None;
        var health = await storage.Get<Health>().CheckAsync(default);
        Assert.False(health.IsHealthy);
        Assert.All(health.Dependencies, d => Assert.Equal(d.Name == away ? "unavailable" : "ok", d.Status));
        Assert.Contains("'AzureWebJobsStorage'", health.Dependencies.Single(d => d.Name == away).Detail, StringComparison.Ordinal);
        Assert.Equal(away == "queues" ? 0 : 4, health.Queues.Count);
        // Reads need no queue.
        var ready = await storage.Get<Health>().ReadyAsync(default);
        Assert.Equal((away == "queues", away == "queues"), (ready.IsReady, ready.Detail is null));
    }

    // Patience is by the clock of the app: nobody waits for it here.
    [Fact]
    public async Task One_that_is_slow_hides_no_other_and_is_waited_for_ten_seconds()
    {
        // In memory all others answer before the call returns.
        var (memory, stuck, clock) = (new InMemoryStorage(TimeProvider.System).Clients(), new Mock<QueueClient>(), new FakeTimeProvider());
        var never = new TaskCompletionSource<Response<QueueProperties>>();
        stuck.Setup(q => q.GetPropertiesAsync(It.IsAny<CancellationToken>())).Returns(never.Task);
        var configuration = new ConfigurationBuilder().Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new StorageClients(memory.Table, name => name == QueueNames.Shards ? stuck.Object : memory.Queue(name)))
            .AddInfluence(configuration)
            .BuildServiceProvider();
        var asked = services.GetRequiredService<Health>().CheckAsync(default);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.EndsAsync(asked, "the report");
        var health = await asked;
        Assert.Equal([("tables", "ok"), ("queues", "unavailable")], health.Dependencies.Select(d => (d.Name, d.Status)));
        Assert.Equal(3, health.Queues.Count);
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
