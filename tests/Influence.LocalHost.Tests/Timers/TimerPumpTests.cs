using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalRuntime.Tests.Timers;

/// <summary>Each test has a function name of its own, since the status is kept by name.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TimerPumpTests(TestAzurite azurite)
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_timer_runs_at_its_occurrences_and_its_status_is_stored()
    {
        await using var app = await StartAsync(typeof(Daily));
        var store = app.Get<TimerStatusStore>();
        await UntilAsync(async () => await store.FindAsync(nameof(Daily), default) is not null);
        Assert.Empty(app.Get<Calls>().All);
        clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(["past due: False"], await app.Get<Calls>().WaitAsync(1));
        await UntilAsync(async () => (await store.FindAsync(nameof(Daily), default))!.Last == new DateTime(2026, 3, 2, 0, 10, 0));
        Assert.Equal(new DateTime(2026, 3, 3, 0, 10, 0), (await store.FindAsync(nameof(Daily), default))!.Next);
    }

    [Fact]
    public async Task However_many_occurrences_were_missed_there_is_one_past_due_run()
    {
        await using (var app = await StartAsync(typeof(Missed)))
            await UntilAsync(async () => await app.Get<TimerStatusStore>().FindAsync(nameof(Missed), default) is not null);
        clock.Advance(TimeSpan.FromDays(5));
        await using (var app = await StartAsync(typeof(Missed)))
        {
            Assert.Equal(["past due: True"], await app.Get<Calls>().WaitAsync(1));
            await UntilAsync(async () =>
                (await app.Get<TimerStatusStore>().FindAsync(nameof(Missed), default))!.Next == new DateTime(2026, 3, 7, 0, 10, 0)
            );
        }

        await using (var app = await StartAsync(typeof(Missed)))
        {
            await Task.Delay(300);
            Assert.Empty(app.Get<Calls>().All);
        }
    }

    [Fact]
    public async Task A_failed_run_is_not_repeated_only_the_next_occurrence_runs()
    {
        await using var app = await StartAsync(typeof(Failing));
        await UntilAsync(async () => await app.Get<TimerStatusStore>().FindAsync(nameof(Failing), default) is not null);
        clock.Advance(TimeSpan.FromHours(13));
        await app.Get<Calls>().WaitAsync(1);
        await UntilAsync(async () =>
            (await app.Get<TimerStatusStore>().FindAsync(nameof(Failing), default))!.Next == new DateTime(2026, 3, 3, 0, 10, 0)
        );
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await app.Get<Calls>().WaitAsync(2)).Count);
    }

    [Fact]
    public async Task Of_two_instances_one_runs_a_timer_and_the_other_takes_over_when_it_ends()
    {
        var first = await StartAsync(typeof(Shared));
        await UntilAsync(async () => await first.Get<TimerStatusStore>().FindAsync(nameof(Shared), default) is not null);
        await using var second = await StartAsync(typeof(Shared));
        await Task.Delay(1000);
        clock.Advance(TimeSpan.FromHours(13));
        Assert.Single(await first.Get<Calls>().WaitAsync(1));
        await Task.Delay(500);
        Assert.Empty(second.Get<Calls>().All);

        await first.DisposeAsync();
        await Eventually.HoldsAsync(
            "the second instance takes over",
            () =>
            {
                clock.Advance(TimeSpan.FromDays(1));
                return second.Get<Calls>().All.Count > 0;
            }
        );
    }

    private Task<LocalApp> StartAsync(Type function) =>
        LocalApp.StartAsync(azurite, [function], b => b.Services.AddSingleton<TimeProvider>(clock));

    private static Task UntilAsync(Func<Task<bool>> condition) => Eventually.HoldsAsync("the status is stored as it should be", condition);

    private sealed class Daily(Calls calls)
    {
        [Function(nameof(Daily))]
        public void Run([TimerTrigger("0 10 0 * * *")] TimerInfo timer) => calls.Add($"past due: {timer.IsPastDue}");
    }

    private sealed class Missed(Calls calls)
    {
        [Function(nameof(Missed))]
        public void Run([TimerTrigger("0 10 0 * * *")] TimerInfo timer) => calls.Add($"past due: {timer.IsPastDue}");
    }

    private sealed class Shared(Calls calls)
    {
        [Function(nameof(Shared))]
        public void Run([TimerTrigger("0 10 0 * * *")] TimerInfo timer) => calls.Add($"past due: {timer.IsPastDue}");
    }

    private sealed class Failing(Calls calls)
    {
        [Function(nameof(Failing))]
        public void Run([TimerTrigger("0 10 0 * * *")] TimerInfo timer)
        {
            calls.Add($"past due: {timer.IsPastDue}");
            throw new InvalidOperationException("As the test wants.");
        }
    }
}
