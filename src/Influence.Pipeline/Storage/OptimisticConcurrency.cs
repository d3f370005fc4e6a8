using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Storage;

/// <summary>Optimistic concurrency: read, decide, write under the ETag, on a conflict retry with backoff.</summary>
/// <remarks>
/// The backoff is exponential with full jitter. A decision may be made any number of times, so it must be a pure function of what was read.
/// A write whose answer was lost looks like somebody else's: it is read anew, and a decision that finds its own work done leaves the row as
/// it is.
/// </remarks>
/// <param name="clock">Waits and measures.</param>
/// <param name="random">The jitter; a seeded one makes a simulation repeatable.</param>
internal sealed class OptimisticConcurrency(TimeProvider clock, Random random)
{
    /// <summary>Most attempts; about seven seconds of waiting.</summary>
    public const int MaxAttempts = 12;

    /// <summary>No attempt begins later than this after the first.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    /// <summary>Reads a row, decides what it becomes, writes it under its ETag.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">The row's partition.</param>
    /// <param name="row">The row's key.</param>
    /// <param name="decide">The row as it is to be, given the row as it is (null: there is none); null leaves it as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="guessNew">Saves the first read of a row that is most likely new: an add that fails reads it then.</param>
    /// <exception cref="ContentionException">Others wrote first every time.</exception>
    public Task<RowEdit> EditAsync(
        TableClient table,
        string partition,
        string row,
        Func<TableEntity?, TableEntity?> decide,
        CancellationToken cancellationToken,
        bool guessNew = false
    ) =>
        RunAsync(
            $"a row of table '{table.Name}'",
            async attempt =>
            {
                var before = guessNew && attempt == 1 ? null : await FindAsync(table, partition, row, cancellationToken);
                if (decide(before) is not { } after)
                    return Attempt.Done(new RowEdit(before, null));
                return await table.TryWriteAsync(after, before?.ETag, cancellationToken)
                    ? Attempt.Done(new RowEdit(before, after))
                    : Attempt.Conflict<RowEdit>();
            },
            cancellationToken
        );

    /// <summary>Makes attempts until one ends without a conflict.</summary>
    /// <param name="what">What others keep writing, for the exception's message: no personal data.</param>
    /// <param name="attempt">One attempt, given its number from 1.</param>
    /// <param name="cancellationToken">Gives up between two attempts.</param>
    /// <exception cref="ContentionException">Others wrote first every time.</exception>
    public async Task<T> RunAsync<T>(string what, Func<int, Task<Attempt<T>>> attempt, CancellationToken cancellationToken)
    {
        var last = await TryRunAsync(attempt, cancellationToken);
        return last.IsConflict ? throw new ContentionException(what) : last.Value;
    }

    /// <summary>Makes attempts until one ends without a conflict, or time or attempts run out.</summary>
    /// <param name="attempt">One attempt, given its number from 1.</param>
    /// <param name="cancellationToken">Gives up between two attempts.</param>
    /// <returns>The last attempt: a conflict when others wrote first every time.</returns>
    public async Task<Attempt<T>> TryRunAsync<T>(Func<int, Task<Attempt<T>>> attempt, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var number = 1; ; number++)
        {
            var made = await attempt(number);
            if (!made.IsConflict || number == MaxAttempts)
                return made;
            var delay = Backoff(number);
            if (clock.GetElapsedTime(start) + delay > MaxTime)
                return made;
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>Waits as long as after a failed attempt, given its number from 1.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(Backoff(attempt), clock, cancellationToken);

    // Full jitter: writers that collided once are spread over the whole delay.
    private TimeSpan Backoff(int attempt)
    {
        var longest = Math.Min(FirstDelay.Ticks << Math.Min(attempt, 10), LongestDelay.Ticks);
        return TimeSpan.FromMilliseconds(10) + TimeSpan.FromTicks((long)(random.NextDouble() * longest));
    }

    private static async Task<TableEntity?> FindAsync(TableClient table, string partition, string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}

/// <summary>One attempt at a conditional write.</summary>
/// <param name="IsConflict">Whether somebody else wrote first.</param>
/// <param name="Value">What came of it otherwise.</param>
internal readonly record struct Attempt<T>(bool IsConflict, T Value);

/// <summary>Makes the two kinds of attempt.</summary>
internal static class Attempt
{
    public static Attempt<T> Done<T>(T value) => new(false, value);

    public static Attempt<T> Conflict<T>() => new(true, default!);
}

/// <summary>An edit of a row under its ETag.</summary>
/// <param name="Before">The row as it was read last; null when there was none.</param>
/// <param name="After">The row as written; null when it was left as it is.</param>
internal readonly record struct RowEdit(TableEntity? Before, TableEntity? After)
{
    /// <summary>The row as it stands now.</summary>
    public TableEntity? Now => After ?? Before;
}

/// <summary>Others wrote first in every attempt. Nothing was lost: the same may be tried later.</summary>
/// <param name="what">What they wrote; no personal data.</param>
public sealed class ContentionException(string what)
    : Exception(
        $"Others wrote {what} first, {OptimisticConcurrency.MaxAttempts} times or for {OptimisticConcurrency.MaxTime.TotalSeconds} s."
    );

/// <summary>The single conditional write.</summary>
internal static class ConditionalWrite
{
    /// <summary>Writes a row only where nobody wrote since it was read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row as it is to be.</param>
    /// <param name="known">The ETag it was read with; null when there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False on a conflict, also when it was this very write whose answer was lost: read and decide anew.</returns>
    public static async Task<bool> TryWriteAsync(this TableClient table, TableEntity row, ETag? known, CancellationToken cancellationToken)
    {
        try
        {
            if (known is { } tag)
                await table.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancellationToken);
            else
                await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e) && (known is not null || e.Status != 404))
        {
            return false;
        }
    }
}
