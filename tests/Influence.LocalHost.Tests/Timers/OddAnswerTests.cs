using Azure.Core;
using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalHost.Tests.Timers;

/// <summary>A timer goes on after every odd answer, and no missed occurrence is lost.</summary>
public sealed class OddAnswerTests
{
    private readonly string container = TestStorage.NewName();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines log = new();

    [Fact]
    public async Task To_the_taking_of_the_lease()
    {
        var transport = new OddTransport(r => Query(r).Contains("comp=lease", StringComparison.Ordinal), OddAnswer.All);
        await using var timer = await StartAsync(transport);
        await TurnUntilAsync("it runs", () => timer.Calls.All.Count > 0);
        Assert.Equal(0, transport.Left);
    }

    [Fact]
    public async Task To_the_renewal_of_the_lease()
    {
        var hasRun = false;
        var transport = new OddTransport(r => hasRun && Query(r).Contains("comp=lease", StringComparison.Ordinal), OddAnswer.All);
        await using var timer = await StartAsync(transport);
        await TurnUntilAsync("it runs", () => timer.Calls.All.Count > 0);
        (hasRun, var runs) = (true, timer.Calls.All.Count);
        await TurnUntilAsync("all odd answers are given", () => transport.Left == 0);
        await TurnUntilAsync("the lease is renewed", () => timer.Turns.All["lease of timer Daily"].Failures == 0);
        await TurnUntilAsync("it goes on running", () => timer.Calls.All.Count > runs + 1);
    }

    [Fact]
    public async Task To_the_reading_of_the_status_which_still_finds_what_was_missed()
    {
        await using (var before = await StartAsync(new OddTransport(_ => false, [])))
            await TurnUntilAsync("it has run", () => before.Calls.All.Count > 0);
        clock.Advance(TimeSpan.FromDays(5));
        var transport = new OddTransport(r => r.Method == RequestMethod.Get, OddAnswer.All);
        await using var after = await StartAsync(transport);
        await TurnUntilAsync("it makes up for what was missed", () => after.Calls.All.Count > 0, TimeSpan.FromSeconds(10));
        Assert.Equal("past due: True", after.Calls.All[0]);
        Assert.Equal(0, transport.Left);
    }

    [Fact]
    public async Task To_the_writing_of_the_status()
    {
        var transport = new OddTransport(
            r => r.Method == RequestMethod.Put && r.Uri.Path.EndsWith("/status", StringComparison.Ordinal),
            OddAnswer.All
        );
        await using var timer = await StartAsync(transport);
        await TurnUntilAsync("it runs three times", () => timer.Calls.All.Count >= 3);
        await TurnUntilAsync("all odd answers are given", () => transport.Left == 0, TimeSpan.FromSeconds(10));
        await TurnUntilAsync("the status is stored", () => timer.Turns.All["timer Daily"].Failures == 0, TimeSpan.FromSeconds(10));
        Assert.All(timer.Calls.All, c => Assert.Equal("past due: False", c));
        var (days, runs) = ((clock.GetUtcNow() - new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays, timer.Calls.All.Count);
        Assert.InRange(runs, days - 1, days + 1);
    }

    private static string Query(Request request) => request.Uri.Query;

    private Task<RunningTimer> StartAsync(OddTransport transport) =>
        RunningTimer.StartAsync("Daily", container, clock, log, transport: transport);

    private Task TurnUntilAsync(string what, Func<bool> holds, TimeSpan? step = null) =>
        Eventually.HoldsAsync(
            what,
            () =>
            {
                clock.Advance(step ?? TimeSpan.FromHours(1));
                return holds();
            },
            state: () => string.Join('\n', log.Lines)
        );
}
