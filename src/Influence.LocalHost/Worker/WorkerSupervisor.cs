using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Worker;

/// <summary>Sees to it that a worker runs: starts one, and another when it ends, with backoff.</summary>
internal sealed partial class WorkerSupervisor(
    WorkerStarter starter,
    HostJson host,
    IOptions<LocalHostOptions> options,
    LoopFactory loops,
    IHostApplicationLifetime lifetime,
    ILogger<WorkerSupervisor> logger
) : IAsyncDisposable
{
    private const int MostStarts = 3;
    private static readonly TimeSpan ClosedPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ClosedPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TerminatePatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeoutGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LivedWell = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly Backoff backoff = loops.Backoff(TimeSpan.FromMilliseconds(200), options.Value.LongestRestartPause);
    private TaskCompletionSource<ReadyWorker> ready = NewReady();
    private volatile ReadyWorker? current;
    private WorkerEndpoint? endpoint;
    private Task supervising = Task.CompletedTask;

    /// <summary>The worker that runs functions now; null while none does.</summary>
    public ReadyWorker? Current => current is { Channel.IsClosed: false } worker ? worker : null;

    /// <summary>What ended the host; null for a stop that was asked for.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Waits for a worker; one whose stream has ended is none, though its end is not known yet.</summary>
    public async Task<ReadyWorker> ReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var worker = await Volatile.Read(ref ready).Task.WaitAsync(cancellationToken);
            if (!worker.Channel.IsClosed)
                return worker;
            await Task.Delay(ClosedPause, loops.Clock, cancellationToken);
        }
    }

    /// <summary>Runs a function in whatever worker there is.</summary>
    /// <exception cref="FunctionFailedException">It failed.</exception>
    /// <exception cref="WorkerGoneException">The worker ended meanwhile.</exception>
    public async Task InvokeAsync(FunctionEntry function, FunctionInput input, CancellationToken cancellationToken)
    {
        var worker = await ReadyAsync(cancellationToken);
        // A cancel that is sent with the request may overtake it.
        cancellationToken.ThrowIfCancellationRequested();
        await worker.Channel.Begin(function, input, cancellationToken).Ended;
    }

    /// <summary>Starts the first worker and waits until it is healthy.</summary>
    /// <exception cref="WorkerStartException">It does not get healthy.</exception>
    /// <exception cref="FunctionIndexException">A function cannot be served.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        endpoint = await WorkerEndpoint.StartAsync(cancellationToken);
        var first = await StartHealthyAsync(cancellationToken);
        supervising = Task.Run(() => SuperviseAsync(first), CancellationToken.None);
    }

    /// <summary>Asks the worker to end, and ends it.</summary>
    public async Task EndAsync()
    {
        await stopping.CancelAsync();
        await supervising;
        if (endpoint is not null)
            await endpoint.DisposeAsync();
        endpoint = null;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stopping.Dispose();
    }

    private static TaskCompletionSource<ReadyWorker> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SuperviseAsync(ReadyWorker worker)
    {
        try
        {
            while (true)
            {
                var began = loops.Clock.GetTimestamp();
                await WatchAsync(worker);
                if (stopping.IsCancellationRequested)
                    return;
                current = null;
                Volatile.Write(ref ready, NewReady());
                worker.Channel.Close();
                if (worker.Process.ExitCode == WorkerStarter.Refused)
                    throw WorkerStarter.Died(worker.Process);
                Ended(logger, worker.Process.Id, worker.Process.ExitCode);
                worker.Process.Dispose();
                if (loops.Clock.GetElapsedTime(began) > LivedWell)
                    backoff.Reset();
                await Task.Delay(backoff.Next(), loops.Clock, stopping.Token);
                worker = await StartHealthyAsync(stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Between two workers.
        }
        catch (Exception e)
        {
            // Without a worker the host is of no use.
            if (!StartupErrors.IsExplained(e))
                Unexpected(logger, e);
            Trouble = e.Message;
            lifetime.StopApplication();
        }
    }

    // Until the worker ends: by itself, because a function ran too long, or because of a stop.
    private async Task WatchAsync(ReadyWorker worker)
    {
        while (!worker.Process.Exited.IsCompleted && !stopping.IsCancellationRequested)
        {
            // Without its stream a worker gets nothing to do. One that ends by itself closes it first, and is to say why.
            if (worker.Channel.IsClosed)
            {
                await worker
                    .Process.Exited.WaitAsync(ClosedPatience, loops.Clock, stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await worker.Process.KillAsync(loops.Clock);
            }

            foreach (var running in worker.Channel.Running)
                await CheckTimeoutAsync(worker, running);
            var pause = Task.Delay(TimeSpan.FromSeconds(1), loops.Clock, stopping.Token);
            await (await Task.WhenAny(worker.Process.Exited, pause)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!worker.Process.Exited.IsCompleted)
            await TerminateAsync(worker.Process, worker.Channel);
    }

    private async Task CheckTimeoutAsync(ReadyWorker worker, RunningInvocation running)
    {
        var ran = loops.Clock.GetElapsedTime(running.Began);
        if (!host.HasTimeout || ran < host.FunctionTimeout)
            return;
        if (!running.HasTimedOut)
        {
            TimedOut(logger, running.Function.Name, host.FunctionTimeout);
            running.TimeOut();
        }
        else if (ran >= host.FunctionTimeout + TimeoutGrace)
        {
            await worker.Process.KillAsync(loops.Clock);
        }
    }

    private async Task<ReadyWorker> StartHealthyAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var worker = await starter.StartAsync(endpoint!, cancellationToken);
                current = worker;
                ready.TrySetResult(worker);
                return worker;
            }
            catch (WorkerStartException e) when (!e.IsFinal && attempt < MostStarts)
            {
                NotHealthy(logger, attempt, e.Message);
                await Task.Delay(backoff.Next(), loops.Clock, cancellationToken);
            }
            catch (WorkerStartException e) when (!e.IsFinal)
            {
                throw new WorkerStartException($"The worker was started {MostStarts} times and never got healthy. {e.Message}", true);
            }
        }
    }

    private async Task TerminateAsync(WorkerProcess process, WorkerChannel channel)
    {
        var grace = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TerminatePatience);
        channel.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = grace } });
        await process
            .Exited.WaitAsync(TerminatePatience, loops.Clock, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.KillAsync(loops.Clock);
        channel.Close();
        process.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Id} ended with exit code {Code}; another one is started")]
    private static partial void Ended(ILogger logger, int id, int code);

    [LoggerMessage(Level = LogLevel.Critical, Message = "No worker can be kept running")]
    private static partial void Unexpected(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker did not get healthy (start {Attempt}). {Why}")]
    private static partial void NotHealthy(ILogger logger, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} ran longer than host.json's functionTimeout, {Timeout}")]
    private static partial void TimedOut(ILogger logger, string function, TimeSpan timeout);
}
