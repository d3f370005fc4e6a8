using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalRuntime.Tests.Timers;

/// <summary>A timer goes on after every odd answer, and no missed occurrence is lost.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class OddAnswerTests(TestAzurite azurite)
{
    private readonly string container = "c" + Guid.NewGuid().ToString("n")[..12];
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines log = new();

    [Fact]
    public async Task To_the_taking_of_the_lease()
    {
        var transport = new OddTransport(r => Query(r).Contains("comp=lease", StringComparison.Ordinal), OddAnswer.All);
        await using var timer = Start(transport);
        await TurnUntilAsync("it runs", () => timer.Calls.All.Count > 0);
        Assert.Equal(0, transport.Left);
    }

    [Fact]
    public async Task To_the_renewal_of_the_lease()
    {
        var hasRun = false;
        var transport = new OddTransport(r => hasRun && Query(r).Contains("comp=lease", StringComparison.Ordinal), OddAnswer.All);
        await using var timer = Start(transport);
        await TurnUntilAsync("it runs", () => timer.Calls.All.Count > 0);
        (hasRun, var runs) = (true, timer.Calls.All.Count);
        await TurnUntilAsync("all odd answers are given", () => transport.Left == 0);
        await TurnUntilAsync("the lease is renewed", () => timer.Turns.All["lease of timer Daily"].Failures == 0);
        await TurnUntilAsync("it goes on running", () => timer.Calls.All.Count > runs + 1);
    }

    [Fact]
    public async Task To_the_reading_of_the_status_which_still_finds_what_was_missed()
    {
        await using (var before = Start(new OddTransport(_ => false, [])))
            await TurnUntilAsync("it has run", () => before.Calls.All.Count > 0);
        clock.Advance(TimeSpan.FromDays(5));
        var transport = new OddTransport(r => r.Method == RequestMethod.Get, OddAnswer.All);
        await using var after = Start(transport);
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
        await using var timer = Start(transport);
        await TurnUntilAsync("it runs three times", () => timer.Calls.All.Count >= 3);
        await TurnUntilAsync("all odd answers are given", () => transport.Left == 0, TimeSpan.FromSeconds(10));
        await TurnUntilAsync("the status is stored", () => timer.Turns.All["timer Daily"].Failures == 0, TimeSpan.FromSeconds(10));
        Assert.All(timer.Calls.All, c => Assert.Equal("past due: False", c));
        var (days, runs) = ((clock.GetUtcNow() - new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays, timer.Calls.All.Count);
        Assert.InRange(runs, days - 1, days + 1);
    }

    private static string Query(Request request) => request.Uri.Query;

    private Running Start(OddTransport transport)
    {
        var calls = new Calls();
        var function = FunctionIndex.Of([typeof(Daily)], new ConfigurationBuilder().Build()).Functions.OfType<TimerFunction>().Single();
        var services = new ServiceCollection().AddSingleton(calls).BuildServiceProvider();
        var invoker = new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>(), []);
        var options = new BlobClientOptions { Transport = transport };
        options.Retry.MaxRetries = 0;
        var blobs = new BlobContainerClient(azurite.ConnectionString, container, options);
        var turns = new LoopTurns(clock);
        var loops = new LoopFactory(turns, clock, new Random(1));
        var listener = new TimerListener(
            function,
            invoker,
            new TimerStatusStore(blobs),
            new TimerLease(blobs, function.Name, loops, log),
            loops,
            log
        );
        return new Running(listener, calls, turns);
    }

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

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public Running(TimerListener listener, Calls calls, LoopTurns turns)
        {
            (Calls, Turns) = (calls, turns);
            running = Task.Run(() => listener.RunAsync(stop.Token, stop.Token), CancellationToken.None);
        }

        public Calls Calls { get; }

        public LoopTurns Turns { get; }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await Eventually.EndsAsync(running, "the listener");
            stop.Dispose();
        }
    }

    private sealed class Daily(Calls calls)
    {
        [Function(nameof(Daily))]
        public void Run([TimerTrigger("0 10 0 * * *")] TimerInfo timer) => calls.Add($"past due: {timer.IsPastDue}");
    }
}
