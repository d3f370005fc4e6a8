using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Timers;

/// <summary>
/// Runs one timer function at its occurrences, and once when some were missed while the app was down; one instance at a time.
/// </summary>
internal sealed partial class TimerListener(
    TimerFunction function,
    FunctionInvoker invoker,
    TimerStatusStore store,
    TimerLease lease,
    TimeProvider clock,
    ILogger logger
)
{
    // A timer can wait no longer than 49 days at once.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lease.HoldAsync(() => FireAllAsync(cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task FireAllAsync(CancellationToken cancellationToken)
    {
        if (await IsPastDueAsync(cancellationToken))
            await FireAsync(Now, isPastDue: true, cancellationToken);
        while (true)
        {
            var next = function.Schedule.GetNextOccurrence(Now);
            await WaitAsync(next, cancellationToken);
            await FireAsync(next, isPastDue: false, cancellationToken);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task WaitAsync(DateTime next, CancellationToken cancellationToken)
    {
        while (next - Now is { Ticks: > 0 } left)
            await Task.Delay(left < LongestWait ? left : LongestWait, clock, cancellationToken);
    }

    private async Task<bool> IsPastDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await store.FindAsync(function.Name, cancellationToken) is { } status)
                return Now > status.Next;
            await store.PutAsync(function.Name, new TimerStatus(default, function.Schedule.GetNextOccurrence(Now), Now), cancellationToken);
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            NotStored(logger, function.Name);
        }

        return false;
    }

    // A failed run is not repeated: the next occurrence is the next try.
    private async Task FireAsync(DateTime occurrence, bool isPastDue, CancellationToken cancellationToken)
    {
        try
        {
            await invoker.InvokeAsync(
                function,
                new TimerInfo { IsPastDue = isPastDue },
                new Dictionary<string, object?>(),
                cancellationToken
            );
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(logger, e, function.Name);
        }

        try
        {
            await store.PutAsync(
                function.Name,
                new TimerStatus(occurrence, function.Schedule.GetNextOccurrence(Now), Now),
                cancellationToken
            );
        }
        catch (Exception e) when (WebJobsStorage.IsOutage(e))
        {
            NotStored(logger, function.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The status of timer function {Function} could be neither read nor stored")]
    private static partial void NotStored(ILogger logger, string function);
}
