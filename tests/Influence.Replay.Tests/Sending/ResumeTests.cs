using CsCheck;

namespace Influence.Replay.Tests.Sending;

public sealed class ResumeTests
{
    private static readonly DateTimeOffset LongAgo = new(2012, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Interrupted_anywhere_a_run_sends_each_batch_once_in_sum() =>
        await Gen.Select(Gen.Int[1, 19], Gen.Int[1, 4], Gen.Bool)
            .SampleAsync(
                async (stopAfter, parallel, random) =>
                {
                    using var run = new TestRun();
                    await using var api = await FakeApi.StartAsync();
                    var options = new ReplayOptions
                    {
                        File = run.Log(2000, LongAgo),
                        Url = api.Url,
                        Batch = 100,
                        RandomBatches = random ? stopAfter : null,
                        Parallel = parallel,
                        Twice = true,
                        Shuffle = 1,
                        Publish = false,
                    };
                    using var stopping = new CancellationTokenSource();
                    api.OnTaken = () => api.Taken.Count >= stopAfter ? stopping.CancelAsync() : Task.CompletedTask;
                    var isComplete = await RunUntilStoppedAsync(run, options, stopping.Token);
                    api.OnTaken = () => Task.CompletedTask;
                    // Hours later: the facts must be moved as before all the same.
                    if (!isComplete)
                        await run.RunAsync(options, TestRun.Now.AddHours(30), CancellationToken.None);
                    Assert.Equal(4000, api.Taken.Sum(b => b.Length));
                    Assert.All(api.Taken.SelectMany(b => b).CountBy(l => l), l => Assert.Equal(2, l.Value));
                    if (!isComplete)
                        Assert.Contains("are not sent again", run.Output, StringComparison.Ordinal);
                    Assert.Contains("4,000 of 4,000 accepted", run.Output, StringComparison.Ordinal);
                    Assert.Equal(["shifts.json"], run.Kept);
                },
                iter: 25,
                threads: 2
            );

    [Fact]
    public async Task An_app_that_broke_in_the_middle_is_gone_on_with()
    {
        using var run = new TestRun();
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = n => n >= 3 ? Trouble.Broken : Trouble.None;
        var options = new ReplayOptions
        {
            File = run.Log(1000, LongAgo),
            Url = api.Url,
            Batch = 100,
            Parallel = 1,
            Publish = false,
        };
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(options));
        api.TroubleWith = _ => Trouble.None;
        await run.RunAsync(options);
        Assert.Equal(10, api.Taken.Count);
        Assert.Equal(1000, api.Taken.SelectMany(b => b).Distinct().Count());
        Assert.Contains("3 requests with 300 facts are not sent again", run.Output, StringComparison.Ordinal);
        await run.RunAsync(options);
        Assert.Equal(20, api.Taken.Count);
    }

    [Fact]
    public async Task After_the_data_was_removed_a_run_begins_anew()
    {
        using var run = new TestRun();
        await using var api = await FakeApi.StartAsync();
        api.PublicationEndsAs = "failed";
        var options = new ReplayOptions
        {
            File = run.Log(1000, LongAgo),
            Url = api.Url,
            Batch = 100,
        };
        // All is posted, but the run fails later: with the data it only has to go on there.
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(options));
        Assert.Equal(10, api.Taken.Count);
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(options));
        Assert.Equal(10, api.Taken.Count);
        api.Forget();
        api.PublicationEndsAs = "published";
        await run.RunAsync(options);
        Assert.Equal(1000, api.Taken.SelectMany(b => b).Distinct().Count());
        Assert.Contains("its storage is another by now: beginning anew", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "All facts were posted by the run before",
            run.Output[run.Output.IndexOf("another by now", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Other_options_or_a_fresh_start_begin_anew()
    {
        using var run = new TestRun();
        await using var api = await FakeApi.StartAsync();
        api.TroubleWith = n => n >= 3 ? Trouble.Broken : Trouble.None;
        var options = new ReplayOptions
        {
            File = run.Log(500, LongAgo),
            Url = api.Url,
            Batch = 100,
            Parallel = 1,
            Publish = false,
        };
        await Assert.ThrowsAsync<ReplayFailedException>(() => run.RunAsync(options));
        api.TroubleWith = _ => Trouble.None;
        await run.RunAsync(options with { Batch = 250 });
        Assert.Equal(5, api.Taken.Count);
        await run.RunAsync(options with { Fresh = true });
        Assert.Equal(10, api.Taken.Count);
    }

    private static async Task<bool> RunUntilStoppedAsync(TestRun run, ReplayOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await run.RunAsync(options, cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
