using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Worker;

/// <summary>One start of a worker: its process, its call, its functions.</summary>
internal sealed partial class WorkerStarter(
    WorkerApp app,
    FunctionIndex index,
    AppSettings settings,
    IOptions<LocalHostOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers
)
{
    /// <summary>The exit code of an app whose next start would end the same way; its last output says why.</summary>
    public const int Refused = 78;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellPause = TimeSpan.FromSeconds(5);

    private readonly ILogger logger = loggers.CreateLogger<WorkerStarter>();
    private readonly ILogger output = loggers.CreateLogger("Worker.Output");
    private readonly WorkerLogs logs = new(loggers);

    /// <summary>Starts a worker and waits until it is healthy.</summary>
    /// <param name="endpoint">Where it calls.</param>
    /// <param name="cancellationToken">Gives up, and ends the worker.</param>
    /// <exception cref="WorkerStartException">It does not get healthy; its process is gone then.</exception>
    /// <exception cref="FunctionIndexException">A function cannot be served.</exception>
    public async Task<ReadyWorker> StartAsync(WorkerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var channel = new WorkerChannel($"{Guid.CreateVersion7()}", logs, clock);
        endpoint.Expect(channel);
        var process = WorkerProcess.Start(app, endpoint.Address, channel.WorkerId, Settings(), output);
        Started(logger, process.Id);
        if (options.Value.WaitForDebugger)
            Waiting(logger, process.Id);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var greeting = ReadyWorker.GreetAsync(process, channel, app, index, givenUp.Token);
            var ended = await SlowlyAsync(Task.WhenAny(greeting, process.Exited), process, cancellationToken);
            return ended == greeting ? await greeting : throw Died(process);
        }
        catch (Exception e)
        {
            await givenUp.CancelAsync();
            endpoint.Forget(channel);
            channel.Close();
            // The stream of one that dies ends first; what it says, and with which code it ends, comes a moment later.
            if (e is WorkerGoneException)
                await process
                    .Exited.WaitAsync(DeathPatience, clock, CancellationToken.None)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var died = e is WorkerGoneException && process.Exited.IsCompleted ? Died(process) : null;
            await process.KillAsync(clock);
            process.Dispose();
            if (e is WorkerGoneException)
                throw died ?? new WorkerStartException("The worker broke off its stream.");
            throw;
        }
    }

    // A slow start is shown; one that takes too long fails, unless a debugger is waited for.
    private async Task<Task> SlowlyAsync(Task<Task> start, WorkerProcess process, CancellationToken cancellationToken)
    {
        for (var began = clock.GetTimestamp(); ; )
        {
            try
            {
                return await start.WaitAsync(TellPause, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                var waited = clock.GetElapsedTime(began);
                if (waited > StartPatience && !options.Value.WaitForDebugger)
                    throw new WorkerStartException($"The worker was not healthy within {StartPatience.TotalSeconds:0} s.");
                Slow(logger, process.Id, (int)(waited.TotalSeconds + 0.5));
            }
        }
    }

    /// <summary>What there is to say of a worker that has ended.</summary>
    public static WorkerStartException Died(WorkerProcess process)
    {
        var words = process.LastErrors;
        if (process.ExitCode == Refused && words.Length > 0)
            return new WorkerStartException(words, isFinal: true);
        return new WorkerStartException(
            string.Create(CultureInfo.InvariantCulture, $"It ended with exit code {process.ExitCode}. Its last output:\n{words}").TrimEnd()
        );
    }

    private Dictionary<string, string> Settings()
    {
        var values = settings.ForWorker();
        if (options.Value.WaitForDebugger)
            values[StartupHook.DebuggerWait] = "true";
        return values;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker started, process {Id}")]
    private static partial void Started(ILogger logger, int id);

    [LoggerMessage(Level = LogLevel.Information, Message = "The worker waits for a debugger: attach one to process {Id}")]
    private static partial void Waiting(ILogger logger, int id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Id} is not healthy yet after {Seconds} s")]
    private static partial void Slow(ILogger logger, int id, int seconds);
}
