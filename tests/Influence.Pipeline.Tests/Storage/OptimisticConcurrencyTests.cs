using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Storage;

public sealed class OptimisticConcurrencyTests
{
    private readonly JumpingClock clock = new();

    private OptimisticConcurrency Concurrency => new(clock, new Random(1));

    [Fact]
    public async Task The_first_attempt_without_a_conflict_counts_and_each_conflict_waits_longer()
    {
        var attempts = new List<int>();
        var result = await Concurrency.RunAsync(
            "a row",
            attempt =>
            {
                attempts.Add(attempt);
                return Task.FromResult(attempt < 5 ? Attempt.Conflict<string>() : Attempt.Done($"at {attempt}"));
            },
            default
        );
        Assert.Equal("at 5", result);
        Assert.Equal([1, 2, 3, 4, 5], attempts);
        Assert.Equal(4, clock.Waits.Count);
        Assert.All(
            clock.Waits.Select((wait, i) => (wait, longest: 10 + (50 << (i + 1)))),
            w => Assert.InRange(w.wait.TotalMilliseconds, 10, w.longest)
        );
    }

    [Fact]
    public async Task Two_writers_that_collided_do_not_wait_equally_long()
    {
        await Concurrency.TryRunAsync(_ => Task.FromResult(Attempt.Conflict<int>()), default);
        var other = new JumpingClock();
        await new OptimisticConcurrency(other, new Random(2)).TryRunAsync(_ => Task.FromResult(Attempt.Conflict<int>()), default);
        Assert.DoesNotContain(clock.Waits.Zip(other.Waits), w => w.First == w.Second);
    }

    [Fact]
    public async Task Attempts_are_bounded_and_what_others_keep_writing_is_said()
    {
        var attempts = 0;
        var contention = await Assert.ThrowsAsync<ContentionException>(() =>
            Concurrency.RunAsync("row 'r'", _ => Task.FromResult(Next(ref attempts)), default)
        );
        Assert.Equal(OptimisticConcurrency.MaxAttempts, attempts);
        Assert.Contains("row 'r'", contention.Message, StringComparison.Ordinal);
        Assert.True((await Concurrency.TryRunAsync(_ => Task.FromResult(Next(ref attempts)), default)).IsConflict);
        Assert.Equal(2 * OptimisticConcurrency.MaxAttempts, attempts);
    }

    [Fact]
    public async Task Slow_attempts_are_bounded_by_time()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<ContentionException>(() =>
            Concurrency.RunAsync(
                "a row",
                _ =>
                {
                    clock.Advance(TimeSpan.FromSeconds(8));
                    return Task.FromResult(Next(ref attempts));
                },
                default
            )
        );
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task A_failure_is_no_conflict()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<RequestFailedException>(() =>
            Concurrency.RunAsync<int>("a row", _ => throw new RequestFailedException(500 + attempts++, "down"), default)
        );
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_gives_up()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new OptimisticConcurrency(TimeProvider.System, new Random(1)).RunAsync(
                "a row",
                async _ =>
                {
                    await stop.CancelAsync();
                    return Attempt.Conflict<int>();
                },
                stop.Token
            )
        );
    }

    private static Attempt<int> Next(ref int attempts)
    {
        attempts++;
        return Attempt.Conflict<int>();
    }
}

public sealed class ConditionalWriteTests
{
    [Fact]
    public async Task Only_who_saw_the_latest_row_writes()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var (table, row) = (app.Deployment.Journal, new TableEntity("p", "r"));
        Assert.True(await table.TryWriteAsync(row, null, default));
        Assert.False(await table.TryWriteAsync(row, null, default));
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.True(await table.TryWriteAsync(row, read.ETag, default));
        Assert.False(await table.TryWriteAsync(row, read.ETag, default));
        await table.DeleteEntityAsync("p", "r");
        Assert.False(await table.TryWriteAsync(row, read.ETag, default));
    }

    [Fact]
    public async Task Without_a_table_it_is_an_error_and_not_somebody_elses_write()
    {
        await using var app = new App();
        var table = app.Deployment.Journal;
        await Assert.ThrowsAsync<RequestFailedException>(() => table.TryWriteAsync(new TableEntity("p", "r"), null, default));
        await Assert.ThrowsAsync<RequestFailedException>(() =>
            table.TryWriteAsync(new TableEntity("p", "r"), new ETag("W/\"x\""), default)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sixty_edits_of_one_row_at_once_all_count(bool guessNew)
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var edits = await Task.WhenAll(Enumerable.Range(0, 60).Select(EditAsync));
        Assert.Equal(Enumerable.Range(1, 60), edits.Select(e => e.Now!.GetInt32("N")!.Value).Order());
        Assert.Single(edits, e => e.Before is null);

        async Task<RowEdit> EditAsync(int i)
        {
            // More writers than a row is meant for: one that gives up comes again, as a queue message does.
            for (var round = 0; ; round = Eventually.Round(round, "the row is free"))
            {
                try
                {
                    return await app.Get<OptimisticConcurrency>().EditAsync(app.Deployment.Journal, "p", "r", Next, default, guessNew);
                }
                catch (ContentionException) { }
            }
        }

        static TableEntity Next(TableEntity? row) => new("p", "r") { ["N"] = (row?.GetInt32("N") ?? 0) + 1 };
    }

    [Fact]
    public async Task A_row_that_is_right_already_is_not_written()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var concurrency = app.Get<OptimisticConcurrency>();
        var table = app.Deployment.Journal;
        Assert.Null((await concurrency.EditAsync(table, "p", "r", row => row, default)).Now);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 7 });
        var before = (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag;
        var edit = await concurrency.EditAsync(table, "p", "r", _ => null, default);
        Assert.Equal((7, null), (edit.Now!.GetInt32("N"), edit.After));
        Assert.Equal(before, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag);
    }
}
