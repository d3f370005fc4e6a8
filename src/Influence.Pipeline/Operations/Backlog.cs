using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Operations;

/// <summary>How long facts wait on the queue before they are scored, from a cheap cached look at it.</summary>
/// <remarks>
/// Nobody waits for a look: it is made at most every five seconds, while requests go on with the last one. It costs one queue operation.
/// </remarks>
public sealed partial class Backlog(Deployment deployment, TimeProvider clock, ILogger<Backlog> logger)
{
    // A message alone may be one that comes back again and again: a backlog is at least two. What a killed host had in hand comes back
    // after ten minutes, all at once: the limit is well above that.
    private const int Messages = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // What was seen longer ago tells nothing: after a quiet while the first writer is let in.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private Look? last;
    private int looking;

    private sealed record Look(long At, TimeSpan Age);

    /// <summary>Age of the second oldest message that waits; zero for none, or where it is not known.</summary>
    public TimeSpan Age
    {
        get
        {
            var known = last;
            var since = known is null ? TimeSpan.MaxValue : clock.GetElapsedTime(known.At);
            if (since >= Interval && Interlocked.Exchange(ref looking, 1) == 0)
                _ = LookAsync();
            return since < Lifetime ? known!.Age : TimeSpan.Zero;
        }
    }

    /// <summary>Looks at the queue, and returns once that is known.</summary>
    internal async Task LookAsync()
    {
        StorageRequests.Enter("backlog");
        var age = TimeSpan.Zero;
        try
        {
            using var limit = new CancellationTokenSource(Interval, clock);
            var answer = await deployment.Interactions.PeekMessagesAsync(Messages, limit.Token);
            // Both moments are storage's own: a host's clock may be wrong.
            if (answer.Value is [_, { InsertedOn: { } inserted }] && answer.GetRawResponse().Headers.Date is { } now)
                age = now - inserted;
        }
        catch (Exception e)
        {
            // Storage that cannot be asked is no backlog: the write itself will tell.
            var (status, code) = StorageFailure.CodeOf(e);
            Unknown(logger, status, code);
        }
        finally
        {
            last = new Look(clock.GetTimestamp(), age);
            Volatile.Write(ref looking, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The age of the backlog is not known (status {Status}, {Code}).")]
    private static partial void Unknown(ILogger logger, int status, string? code);
}
