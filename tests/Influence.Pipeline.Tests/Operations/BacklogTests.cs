using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Operations;

/// <summary>How long facts wait, as the writers are told it.</summary>
public sealed class BacklogTests : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider service = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    // A host whose clock is wrong.
    private readonly FakeTimeProvider host = new(new DateTimeOffset(2026, 11, 20, 12, 10, 0, TimeSpan.Zero));
    private readonly InMemoryStorage storage;
    private readonly Deployment deployment;
    private readonly Backlog backlog;

    public BacklogTests()
    {
        storage = new InMemoryStorage(service);
        deployment = new Deployment(storage.Clients(), Options.Create(new InfluenceOptions()));
        backlog = new Backlog(deployment, host, NullLogger<Backlog>.Instance);
    }

    public void Dispose() => deployment.Dispose();

    [Fact]
    public async Task It_is_the_age_of_the_second_oldest_message_by_storages_own_clock()
    {
        await deployment.KeysAsync(default);
        Assert.Equal(Ahead, host.GetUtcNow() - service.GetUtcNow());
        await SendAsync();
        Pass(TimeSpan.FromSeconds(100));
        await backlog.LookAsync();
        Assert.Equal(TimeSpan.Zero, backlog.Age);

        await SendAsync();
        Pass(TimeSpan.FromSeconds(7));
        await backlog.LookAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), backlog.Age);
    }

    [Fact]
    public async Task Who_asks_never_waits_and_storage_is_asked_once_in_five_seconds()
    {
        await deployment.KeysAsync(default);
        await SendAsync();
        await SendAsync();
        Pass(TimeSpan.FromMinutes(20));
        var looks = new CallCount(storage);
        Assert.Equal(TimeSpan.Zero, backlog.Age);
        await Eventually.HoldsAsync("the look is made", () => Task.FromResult(backlog.Age == TimeSpan.FromMinutes(20)));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(TimeSpan.FromMinutes(20), backlog.Age));
        Assert.Equal(1, looks["backlog"]);

        Pass(TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync("the next look is made", () => Task.FromResult(backlog.Age == TimeSpan.FromSeconds(1205)));
        Assert.Equal(2, looks["backlog"]);
    }

    [Fact]
    public async Task What_was_seen_long_ago_refuses_nobody()
    {
        await deployment.KeysAsync(default);
        await SendAsync();
        await SendAsync();
        Pass(TimeSpan.FromMinutes(20));
        await backlog.LookAsync();
        await deployment.Interactions.ClearMessagesAsync();
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, backlog.Age);
    }

    [Fact]
    public async Task Storage_that_cannot_be_asked_is_no_backlog()
    {
        // No queue has been made.
        await backlog.LookAsync();
        Assert.Equal(TimeSpan.Zero, backlog.Age);
    }

    private Task SendAsync() => deployment.Interactions.SendMessageAsync("{}", timeToLive: TimeSpan.FromSeconds(-1));

    private void Pass(TimeSpan time)
    {
        service.Advance(time);
        host.Advance(time);
    }
}
