namespace Influence.Pipeline.Recompute;

/// <summary>Decides whether an account that the cache lacks is first taken for new, unread: "unknown = new".</summary>
/// <remarks>
/// Pays while this process alone writes to the storage and its cache holds all that it wrote. It stops by itself when more than 5 % of the
/// accounts that the cache lacked turn out to exist, or another process wrote, and comes back when neither was seen for a while.
/// </remarks>
internal sealed class NewAccountGuess(TimeProvider clock)
{
    private const double MaxWrong = 0.05;

    // The share of the last few hundred accounts, each new one of weight 1/200.
    private const double Weight = 0.005;

    private static readonly TimeSpan AfterForeignWrite = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private double wrong;
    private DateTimeOffset foreignUntil = DateTimeOffset.MinValue;

    /// <summary>Whether another process wrote lately.</summary>
    public bool HasForeignWriters
    {
        get
        {
            lock (gate)
                return clock.GetUtcNow() < foreignUntil;
        }
    }

    /// <summary>Whether to guess.</summary>
    public bool IsOn
    {
        get
        {
            lock (gate)
                return wrong <= MaxWrong && clock.GetUtcNow() >= foreignUntil;
        }
    }

    /// <summary>Tells whether an account that the cache lacked was new, by a guess or by a read.</summary>
    public void Learn(bool wasNew)
    {
        lock (gate)
            wrong += Weight * ((wasNew ? 0 : 1) - wrong);
    }

    /// <summary>Tells that another process wrote an account that this one had under an ETag.</summary>
    public void SawForeignWrite()
    {
        lock (gate)
            foreignUntil = clock.GetUtcNow() + AfterForeignWrite;
    }
}
