using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Background;

/// <summary>What runs beside HTTP, with its graceful shutdown. First nothing new is taken, then what still runs is cancelled.</summary>
internal sealed class BackgroundWork : IHostedService, IDisposable
{
    private readonly HashSet<Task> running = [];
    private readonly CancellationTokenSource abandon;
    private readonly CancellationTokenRegistration registration;

    public BackgroundWork(IHostApplicationLifetime lifetime, IOptions<LocalHostOptions> options, TimeProvider clock)
    {
        Stopping = lifetime.ApplicationStopping;
        abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        Abandon = abandon.Token;
        registration = Stopping.Register(() => abandon.CancelAfter(options.Value.StopPatience));
    }

    /// <summary>Nothing new is to be taken.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>What still runs is to end at once.</summary>
    public CancellationToken Abandon { get; }

    /// <summary>Runs work that the stop waits for.</summary>
    public void Run(Func<Task> work)
    {
        var task = Task.Run(work, CancellationToken.None);
        lock (running)
        {
            running.RemoveWhere(t => t.IsCompleted);
            running.Add(task);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Bounded by the host's token, for a function that does not heed its own.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (running)
            all = Task.WhenAll(running);
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        registration.Dispose();
        abandon.Dispose();
    }
}
