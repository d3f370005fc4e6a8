using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Timers;

/// <summary>Runs one timer function at its occurrences, and once when some were missed; one instance at a time.</summary>
internal sealed partial class TimerListener(
    TimerFunction function,
    FunctionInvoker invoker,
    TimerStatusStore store,
    TimerLease lease,
    LoopFactory loops,
    ILogger logger
)
{
    // Short, since the machine may sleep meanwhile, or its clock be set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private DateTime next;
    private bool isRead;
    private TimerStatus? unsaved;
    private TimerStatus? last;

    private DateTime Now => loops.Clock.GetUtcNow().UtcDateTime;

    /// <summary>Runs until stopped.</summary>
    /// <param name="cancellationToken">No more occurrences.</param>
    /// <param name="abandon">A run should end.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken abandon)
    {
        try
        {
            await lease.HoldAsync(() => FireAllAsync(cancellationToken, abandon), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Without ever having had the lease.
        }
    }

    private Task FireAllAsync(CancellationToken cancellationToken, CancellationToken abandon)
    {
        next = function.Schedule.GetNextOccurrence(Now);
        return loops.Create($"timer {function.Name}", logger).RunAsync(stop => TurnAsync(stop, abandon), cancellationToken);
    }

    // One thing a turn, so that what fails is tried again alone. An occurrence waits for no status.
    private async Task<TimeSpan> TurnAsync(CancellationToken stop, CancellationToken abandon)
    {
        if (Now >= next)
            await FireAsync(next, isPastDue: false, abandon);
        else if (unsaved is not null)
            await SaveAsync(unsaved, stop);
        else if (!isRead)
            await ReadAsync(stop, abandon);
        else
            return next - Now is var left && left < LongestWait ? left : LongestWait;
        return TimeSpan.Zero;
    }

    private async Task ReadAsync(CancellationToken stop, CancellationToken abandon)
    {
        var status = await store.FindAsync(function.Name, stop);
        (isRead, last) = (true, status);
        if (status is null)
            unsaved = new TimerStatus(default, next, Now);
        else if (Now > status.Next)
            await FireAsync(Now, isPastDue: true, abandon);
    }

    // A failed run is not repeated: the next occurrence is the next try.
    private async Task FireAsync(DateTime occurrence, bool isPastDue, CancellationToken abandon)
    {
        try
        {
            await invoker.InvokeAsync(function, TimerInput.Of(last, isPastDue), abandon);
        }
        catch (Exception e)
        {
            Failed(logger, e, function.Name);
        }

        // Never the same occurrence again, also when the clock was set back meanwhile.
        next = function.Schedule.GetNextOccurrence(Now > occurrence ? Now : occurrence);
        isRead = true;
        last = unsaved = new TimerStatus(occurrence, next, Now);
        await SaveAsync(unsaved, abandon);
    }

    private async Task SaveAsync(TimerStatus status, CancellationToken cancellationToken)
    {
        await store.PutAsync(function.Name, status, cancellationToken);
        unsaved = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);
}
