using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime;

/// <summary>Runs a listener for each timer function while the app runs.</summary>
internal sealed class TimerPump(FunctionIndex index, FunctionInvoker invoker, TimerStatusStore store, TimeProvider clock, ILoggerFactory loggers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(index.Functions.OfType<TimerFunction>()
        .Select(f => new TimerListener(f, invoker, store, clock, loggers.CreateLogger($"Function.{f.Name}")).RunAsync(stoppingToken)));
}
