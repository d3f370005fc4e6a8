using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Timers;

/// <summary>Runs a listener for each timer function while the app runs.</summary>
internal sealed class TimerPump(
    FunctionIndex index,
    FunctionInvoker invoker,
    TimerStatusStore store,
    WebJobsStorage storage,
    TimeProvider clock,
    ILoggerFactory loggers
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(index.Functions.OfType<TimerFunction>().Select(f => Listener(f).RunAsync(stoppingToken)));

    private TimerListener Listener(TimerFunction function)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        return new TimerListener(
            function,
            invoker,
            store,
            new TimerLease(storage.Container(TimerStatusStore.Container), function.Name, logger),
            clock,
            logger
        );
    }
}
