using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Storage;

public sealed class SingleFlightCacheTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider clock = new();
    private int loads;

    [Fact]
    public async Task Two_hundred_callers_share_one_load()
    {
        var (cache, source) = (Cache(Minute), new TaskCompletionSource<string>());
        Task<string>[] callers = [.. Enumerable.Range(0, 200).Select(_ => cache.GetAsync("k", Load(source.Task), default))];
        source.SetResult("v");
        Assert.All(await Task.WhenAll(callers), v => Assert.Equal("v", v));
        Assert.Equal(1, loads);
        await cache.GetAsync("other", Load(Task.FromResult("w")), default);
        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task A_value_is_as_old_as_its_loads_beginning()
    {
        var (cache, source) = (Cache(Minute), new TaskCompletionSource<string>());
        var first = cache.GetAsync("k", Load(source.Task), default);
        clock.Advance(TimeSpan.FromSeconds(50));
        source.SetResult("old");
        Assert.Equal("old", await first);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("old", await cache.GetAsync("k", Load(Task.FromResult("new")), default));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("new", await cache.GetAsync("k", Load(Task.FromResult("new")), default));
    }

    [Fact]
    public async Task A_failed_load_fails_all_who_wait_once_and_is_not_kept()
    {
        var (cache, source) = (Cache(Minute), new TaskCompletionSource<string>());
        Task<string>[] callers = [.. Enumerable.Range(0, 50).Select(_ => cache.GetAsync("k", Load(source.Task), default))];
        source.SetException(new IOException("down"));
        foreach (var caller in callers)
            await Assert.ThrowsAsync<IOException>(() => caller);
        Assert.Equal(1, loads);
        Assert.Equal("v", await cache.GetAsync("k", Load(Task.FromResult("v")), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            cache.GetAsync("at once", _ => throw new InvalidOperationException(), default)
        );
        Assert.Equal("v", await cache.GetAsync("at once", Load(Task.FromResult("v")), default));
    }

    [Fact]
    public async Task Who_began_the_load_may_give_up_and_the_others_still_get_it()
    {
        var (cache, source) = (Cache(Minute), new TaskCompletionSource<string>());
        using var stop = new CancellationTokenSource();
        var first = cache.GetAsync("k", Load(source.Task), stop.Token);
        var second = cache.GetAsync("k", Load(source.Task), default);
        await stop.CancelAsync();
        var gaveUp = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(stop.Token, gaveUp.CancellationToken);
        source.SetResult("v");
        Assert.Equal("v", await second);
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_load_that_hangs_ends_and_the_next_caller_loads_anew()
    {
        var cache = Cache(Minute);
        var hanging = cache.GetAsync("k", Load(new TaskCompletionSource<string>().Task), default);
        clock.Advance(SingleFlightCache<string, string>.MaxLoad);
        var timeout = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.True(StorageFailure.IsTryLater(timeout, default));
        Assert.Equal("v", await cache.GetAsync("k", Load(Task.FromResult("v")), default));
    }

    [Fact]
    public async Task What_is_forgotten_while_it_loads_is_loaded_anew_and_not_kept()
    {
        var (cache, source) = (Cache(Minute), new TaskCompletionSource<string>());
        var before = cache.GetAsync("k", Load(source.Task), default);
        cache.Forget("k");
        Assert.Equal("new", await cache.GetAsync("k", Load(Task.FromResult("new")), default));
        source.SetResult("old");
        Assert.Equal("old", await before);
        Assert.Equal("new", await cache.GetAsync("k", Load(Task.FromResult("newer")), default));
    }

    [Fact]
    public async Task A_lifetime_of_nothing_keeps_nothing_and_an_infinite_one_for_ever()
    {
        var cache = new SingleFlightCache<string, string>(clock, v => v == "short" ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, 10);
        Assert.Equal("short", await cache.GetAsync("k", Load(Task.FromResult("short")), default));
        Assert.Equal("long", await cache.GetAsync("k", Load(Task.FromResult("long")), default));
        clock.Advance(TimeSpan.FromDays(4000));
        Assert.Equal("long", await cache.GetAsync("k", Load(Task.FromResult("x")), default));
    }

    [Fact]
    public async Task What_was_asked_for_longest_ago_is_evicted_and_the_newest_never()
    {
        var cache = new SingleFlightCache<string, string>(clock, _ => Minute, 10, v => v.Length);
        await GetAsync("a", 4);
        await GetAsync("b", 4);
        await GetAsync("a", 4);
        await GetAsync("c", 4);
        Assert.Equal(3, loads);
        await GetAsync("a", 4);
        Assert.Equal(3, loads);
        await GetAsync("b", 4);
        Assert.Equal(4, loads);
        // Larger than all there is room for: alone, but kept.
        await GetAsync("huge", 100);
        await GetAsync("huge", 100);
        Assert.Equal(5, loads);
        await GetAsync("b", 4);
        Assert.Equal(6, loads);
        await GetAsync("huge", 100);
        Assert.Equal(7, loads);

        Task<string> GetAsync(string key, int length) => cache.GetAsync(key, Load(Task.FromResult(new string('x', length))), default);
    }

    private SingleFlightCache<string, string> Cache(TimeSpan lifetime) => new(clock, _ => lifetime, 10);

    private Func<CancellationToken, Task<string>> Load(Task<string> source) =>
        _ =>
        {
            loads++;
            return source;
        };
}
