using Azure;

namespace Influence.Simulation.Tests.Publish;

/// <summary>A publication where storage's answers are late, lost or refusals.</summary>
public sealed class LostAnswerTests
{
    [Fact]
    public async Task An_advance_whose_answer_was_lost_still_sends_the_next_step()
    {
        await using var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        await app.PopulateAsync(3);
        var asked = (await app.Publisher.RequestAsync(null, default))!;
        var lost = new HashSet<string>();
        app.Faults.Repeats = call =>
            call.Operation == "UpdateEntity" && call.Key.StartsWith("publications ", StringComparison.Ordinal) && lost.Add(call.Key);
        await app.DrainAsync();
        Assert.Single(lost);
        // Without the watch, a quarter of an hour later.
        Assert.Equal(PublicationStatus.Published, await app.StatusAsync(asked));
    }

    [Fact]
    public async Task A_message_that_comes_again_brings_no_step_forward_in_time()
    {
        await using var app = new InMemoryApp(
            null,
            ("Influence:SettlePasses", "1"),
            ("Influence:VoteCacheSeconds", "60"),
            ("Influence:SettleTolerance", "1")
        );
        await app.PopulateAsync(3);
        Assert.NotNull(await app.Publisher.RequestAsync(null, default));
        while (await app.ReceiveAsync() is { Count: > 0 } texts)
            foreach (var text in texts)
            {
                await app.Publisher.RunAsync(text, default);
                await app.Publisher.RunAsync(text, default);
                if (text.Contains($"\"{Steps.Activity}\"", StringComparison.Ordinal))
                    Assert.Empty(await app.ReceiveAsync());
            }

        app.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.NotEmpty(await app.ReceiveAsync());
    }

    [Fact]
    public async Task An_outage_of_a_minute_when_the_timer_fires_costs_no_day()
    {
        var midnight = new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero);
        var clock = new NoWaitClock(midnight);
        await using var app = new InMemoryApp(clock);
        await app.PopulateAsync(3);
        app.Faults.Before = call =>
            app.Clock.GetUtcNow() < midnight.AddMinutes(1) ? throw new RequestFailedException(503, "busy") : Task.CompletedTask;
        var asked = await app.Publisher.RequestDailyAsync(default);
        await app.DrainAsync();
        Assert.Equal((new DateOnly(2026, 11, 20), PublicationStatus.Published), (asked.Date, await app.StatusAsync(asked)));
    }

    [Fact]
    public async Task An_outage_that_lasts_ends_the_timer_with_its_own_error()
    {
        await using var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        app.Faults.Before = _ => throw new RequestFailedException(503, "busy");
        await Assert.ThrowsAsync<RequestFailedException>(() => app.Publisher.RequestDailyAsync(default));
        Assert.True(app.Clock.GetUtcNow() - InMemoryApp.Noon < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_run_of_a_step_that_is_not_known_here_holds_up_no_other()
    {
        await using var app = new InMemoryApp();
        await app.PopulateAsync(3);
        await app.Deployment.KeysAsync(default);
        var store = new WorkflowStore(app.Deployment.Leaderboards);
        var strange = new WorkflowRun
        {
            Id = "2026-11-19.another-version",
            RequestedAt = InMemoryApp.Noon,
            Step = "share",
            Ranges = 1,
            Input = "{}",
            ProgressAt = InMemoryApp.Noon,
        };
        Assert.True(await store.TryAddAsync(strange, default));
        var asked = (await app.Publisher.RequestAsync(null, default))!;
        await app.ReceiveAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(2, await app.Publisher.ResumeStalledAsync(default));
        await app.DrainAsync();
        Assert.Equal(PublicationStatus.Published, await app.StatusAsync(asked));
        // It ends, too.
        for (var i = 0; i < 100; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            await app.Publisher.ResumeStalledAsync(default);
        }

        Assert.Equal(WorkflowState.Failed, (await store.FindAsync(strange.Id, default))!.State);
    }
}
