using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalRuntime.Queues;

/// <summary>Runs a listener for each queue function while the app runs.</summary>
internal sealed class QueuePump(
    FunctionIndex index,
    FunctionInvoker invoker,
    HostJson host,
    IOptions<RuntimeOptions> options,
    WebJobsStorage storage,
    ILoggerFactory loggers
) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandon = new();
    private Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.WhenAll(
            index
                .Functions.OfType<QueueFunction>()
                .Select(f => Task.Run(() => Listener(f).RunAsync(stopping.Token, abandon.Token), CancellationToken.None))
        );
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        abandon.CancelAfter(options.Value.StopPatience);
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        stopping.Dispose();
        abandon.Dispose();
    }

    private QueueListener Listener(QueueFunction function)
    {
        var knobs = host.Extensions.Queues;
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var queue = storage.Queue(function.Queue);
        var poison = function.Queue.EndsWith("-poison", StringComparison.Ordinal) ? null : storage.Queue(function.Queue + "-poison");
        return new QueueListener(
            queue,
            new QueueMessages(function, queue, poison, invoker, knobs, options.Value, logger),
            knobs,
            options.Value,
            logger
        );
    }
}
