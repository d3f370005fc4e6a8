using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Tests.Support;

/// <summary>A timer's listener in this process, for a function that notes whether it is past due.</summary>
internal sealed class RunningTimer : IAsyncDisposable
{
    public const string Schedule = "0 10 0 * * *";

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private RunningTimer(Func<RunningTimer, TimerListener> make, LoopTurns turns, TimerStatusStore store)
    {
        (Turns, Store) = (turns, store);
        var listener = make(this);
        running = Task.Run(() => listener.RunAsync(stop.Token, stop.Token), CancellationToken.None);
    }

    public Calls Calls { get; } = new();

    public LoopTurns Turns { get; }

    public TimerStatusStore Store { get; }

    /// <summary>Starts it.</summary>
    /// <param name="name">The function.</param>
    /// <param name="container">Where lease and status are kept.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="log">What it logs.</param>
    /// <param name="work">What the function does besides; nothing when not given.</param>
    /// <param name="transport">What stands before storage.</param>
    public static async Task<RunningTimer> StartAsync(
        string name,
        string container,
        TimeProvider clock,
        ILogger log,
        Action? work = null,
        HttpPipelineTransport? transport = null
    )
    {
        var options = new BlobClientOptions();
        if (transport is not null)
        {
            options.Transport = transport;
            options.Retry.MaxRetries = 0;
        }

        var blobs = new BlobContainerClient(await TestStorage.ConnectionStringAsync(), container, options);
        var turns = new LoopTurns(clock);
        var loops = new LoopFactory(turns, clock, new Random(1));
        var store = new TimerStatusStore(blobs);
        return new RunningTimer(
            timer => new TimerListener(
                Functions.OfTimer(name, Schedule),
                Functions.Invoker((input, _) => Run(timer.Calls, input, work)),
                store,
                new TimerLease(blobs, name, loops, log),
                loops,
                log
            ),
            turns,
            store
        );
    }

    public Task<TimerStatus?> StatusAsync(string name) => Store.FindAsync(name, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        await Eventually.EndsAsync(running, "the timer's listener");
        stop.Dispose();
    }

    private static Task Run(Calls calls, FunctionInput input, Action? work)
    {
        using var info = JsonDocument.Parse(input.Trigger.Json);
        calls.Add($"past due: {info.RootElement.GetProperty("IsPastDue").GetBoolean()}");
        work?.Invoke();
        return Task.CompletedTask;
    }
}
