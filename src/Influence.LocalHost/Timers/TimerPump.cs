using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Timers;

/// <summary>Runs a listener for each timer function while the app runs.</summary>
internal sealed class TimerPump(
    FunctionIndex index,
    FunctionInvoker invoker,
    TimerStatusStore store,
    WebJobsStorage storage,
    BackgroundWork work,
    LoopFactory loops,
    ILoggerFactory loggers
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in index.Functions.OfType<TimerFunction>())
            work.Run(() => Listener(function).RunAsync(work.Stopping, work.Abandon));
        return Task.CompletedTask;
    }

    // BackgroundWork waits for the listeners.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private TimerListener Listener(TimerFunction function)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var lease = new TimerLease(storage.Container(TimerStatusStore.Container), function.Name, loops, logger);
        return new TimerListener(function, invoker, store, lease, loops, logger);
    }
}
