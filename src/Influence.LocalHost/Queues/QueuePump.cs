using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Queues;

/// <summary>Runs a listener for each queue function while the app runs.</summary>
internal sealed class QueuePump(
    FunctionIndex index,
    FunctionInvoker invoker,
    HostJson host,
    IOptions<LocalHostOptions> options,
    WebJobsStorage storage,
    BackgroundWork work,
    LoopFactory loops,
    ILoggerFactory loggers
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in index.Functions.OfType<QueueFunction>())
            work.Run(() => Listener(function).RunAsync(work.Stopping, work.Abandon));
        return Task.CompletedTask;
    }

    // BackgroundWork waits for the listeners.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private QueueListener Listener(QueueFunction function)
    {
        var knobs = host.Extensions.Queues;
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var queue = storage.Queue(function.Queue);
        var poison = function.Queue.EndsWith("-poison", StringComparison.Ordinal) ? null : storage.Queue(function.Queue + "-poison");
        var messages = new QueueMessages(function, queue, poison, invoker, knobs, options.Value, loops, logger);
        return new QueueListener(queue, messages, invoker, knobs, options.Value, loops, logger);
    }
}
