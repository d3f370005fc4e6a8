using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Background;

/// <summary>When each loop last turned, and when last without trouble.</summary>
internal sealed class LoopTurns(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LoopTurn> turns = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LoopTurn> All => turns.ToDictionary();

    public void Succeeded(string loop) => turns[loop] = new LoopTurn(clock.GetUtcNow(), clock.GetUtcNow(), 0);

    public void Failed(string loop) =>
        turns.AddOrUpdate(
            loop,
            _ => new LoopTurn(clock.GetUtcNow(), null, 1),
            (_, turn) => turn with { Last = clock.GetUtcNow(), Failures = turn.Failures + 1 }
        );
}

/// <summary>The heartbeat of a loop.</summary>
/// <param name="Last">Its last turn.</param>
/// <param name="LastGood">The last one that met no trouble; null before the first.</param>
/// <param name="Failures">The turns that failed since then.</param>
internal sealed record LoopTurn(DateTimeOffset Last, DateTimeOffset? LastGood, int Failures);

/// <summary>Exponential backoff: a pause that doubles from a first to a longest, each with ±20 % jitter.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int doublings;

    public void Reset() => doublings = 0;

    public TimeSpan Next()
    {
        var pause = first * Math.Pow(2, doublings);
        if (pause < longest)
            doublings++;
        else if (first < longest)
            pause = longest;
        return pause * (0.8 + (0.4 * random.NextDouble()));
    }
}

/// <summary>Makes loops that share a clock, a source of jitter and the record of their turns.</summary>
internal sealed class LoopFactory(LoopTurns turns, TimeProvider clock, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public TimeProvider Clock => clock;

    public Backoff Backoff(TimeSpan first, TimeSpan longest) => new(first, longest, random);

    /// <summary>A loop of the name under which its turns are recorded.</summary>
    public ResilientLoop Create(string name, ILogger logger) => Create(name, logger, Backoff(First, Longest));

    public ResilientLoop Create(string name, ILogger logger, Backoff afterTrouble) => new(name, afterTrouble, turns, clock, logger);
}

/// <summary>A loop that only a stop ends: a turn that throws is logged and followed by a backoff.</summary>
internal sealed partial class ResilientLoop(string name, Backoff afterTrouble, LoopTurns turns, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private string? lastTrouble;
    private long lastLogged;

    /// <summary>Turns until stopped; throws nothing.</summary>
    /// <param name="turn">One turn; gives the pause until the next.</param>
    /// <param name="stop">Ends the loop, also in the middle of a pause.</param>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan>> turn, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await PauseAsync(await TurnAsync(turn, stop), stop);
    }

    private async Task<TimeSpan> TurnAsync(Func<CancellationToken, Task<TimeSpan>> turn, CancellationToken stop)
    {
        try
        {
            var pause = await turn(stop);
            turns.Succeeded(name);
            afterTrouble.Reset();
            lastTrouble = null;
            return pause;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            turns.Failed(name);
            var pause = afterTrouble.Next();
            Log(e, pause);
            return pause;
        }
    }

    // The same trouble is told once a minute, storage's without a stack: it says nothing of this code.
    private void Log(Exception exception, TimeSpan pause)
    {
        var trouble = exception is RequestFailedException failed ? $"status {failed.Status} {failed.ErrorCode}" : exception.GetType().Name;
        if (trouble == lastTrouble && clock.GetElapsedTime(lastLogged) < QuietFor)
            return;
        (lastTrouble, lastLogged) = (trouble, clock.GetTimestamp());
        if (WebJobsStorage.IsOutage(exception))
            Outage(logger, name, trouble, pause);
        else
            Unexpected(logger, exception, name, pause);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        if (pause == TimeSpan.Zero || stop.IsCancellationRequested)
            return;
        await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage does not answer the {Loop} as it should ({Trouble}); again in {Pause}")]
    private static partial void Outage(ILogger logger, string loop, string trouble, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Trouble in the {Loop}; again in {Pause}")]
    private static partial void Unexpected(ILogger logger, Exception exception, string loop, TimeSpan pause);
}
