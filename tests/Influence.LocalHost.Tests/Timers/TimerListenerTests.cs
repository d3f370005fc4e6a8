using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalHost.Tests.Timers;

public sealed class TimerListenerTests
{
    private const string Name = "Daily";

    private readonly string container = TestStorage.NewName();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines log = new();

    [Fact]
    public async Task A_timer_runs_at_its_occurrences_and_its_status_is_stored()
    {
        await using var timer = await StartAsync();
        await UntilAsync(timer, status => status is not null);
        Assert.Empty(timer.Calls.All);
        clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(["past due: False"], await timer.Calls.WaitAsync(1));
        await UntilAsync(timer, status => status!.Last == new DateTime(2026, 3, 2, 0, 10, 0));
        Assert.Equal(new DateTime(2026, 3, 3, 0, 10, 0), (await timer.StatusAsync(Name))!.Next);
    }

    [Fact]
    public async Task However_many_occurrences_were_missed_there_is_one_past_due_run()
    {
        await using (var timer = await StartAsync())
            await UntilAsync(timer, status => status is not null);
        clock.Advance(TimeSpan.FromDays(5));
        await using (var timer = await StartAsync())
        {
            Assert.Equal(["past due: True"], await timer.Calls.WaitAsync(1));
            await UntilAsync(timer, status => status!.Next == new DateTime(2026, 3, 7, 0, 10, 0));
        }

        await using (var timer = await StartAsync())
        {
            await Task.Delay(300);
            Assert.Empty(timer.Calls.All);
        }
    }

    [Fact]
    public async Task A_failed_run_is_not_repeated_only_the_next_occurrence_runs()
    {
        await using var timer = await StartAsync(() => throw new InvalidOperationException("As the test wants."));
        await UntilAsync(timer, status => status is not null);
        clock.Advance(TimeSpan.FromHours(13));
        await timer.Calls.WaitAsync(1);
        await UntilAsync(timer, status => status!.Next == new DateTime(2026, 3, 3, 0, 10, 0));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await timer.Calls.WaitAsync(2)).Count);
    }

    [Fact]
    public async Task Of_two_instances_one_runs_a_timer_and_the_other_takes_over_when_it_ends()
    {
        var first = await StartAsync();
        await UntilAsync(first, status => status is not null);
        await using var second = await StartAsync();
        await Task.Delay(1000);
        clock.Advance(TimeSpan.FromHours(13));
        Assert.Single(await first.Calls.WaitAsync(1));
        await Task.Delay(500);
        Assert.Empty(second.Calls.All);

        await first.DisposeAsync();
        await Eventually.HoldsAsync(
            "the second instance takes over",
            () =>
            {
                clock.Advance(TimeSpan.FromDays(1));
                return second.Calls.All.Count > 0;
            }
        );
    }

    private Task<RunningTimer> StartAsync(Action? work = null) => RunningTimer.StartAsync(Name, container, clock, log, work);

    private static Task UntilAsync(RunningTimer timer, Func<TimerStatus?, bool> holds) =>
        Eventually.HoldsAsync("the status is stored as it should be", async () => holds(await timer.StatusAsync(Name)));
}
