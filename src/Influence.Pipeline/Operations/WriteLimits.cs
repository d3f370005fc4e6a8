using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Operations;

/// <summary>Why a write is not taken now.</summary>
public enum ThrottleReason
{
    /// <summary>This process is busy with as many writes as it takes at once.</summary>
    Concurrency,

    /// <summary>The oldest facts on the queue wait for longer than the settings allow.</summary>
    Backlog,

    /// <summary>The key has sent as many items as its budget allows.</summary>
    Budget,
}

/// <summary>A write that is refused for now: nothing of it is queued.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RetryAfter">After how long it is worth sending again, at least 1 s.</param>
public sealed record Throttle(ThrottleReason Reason, TimeSpan RetryAfter);

/// <summary>A place among the writes of a process, held until it is disposed.</summary>
/// <param name="Refusal">Why there is none; null when the write may go on.</param>
/// <param name="Lease">What is given back at the end; null where there is nothing to.</param>
public readonly record struct WriteSlot(Throttle? Refusal, RateLimitLease? Lease) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Lease?.Dispose();
}

/// <summary>Back pressure: decides before a body is read whether a write is taken now.</summary>
/// <remarks>
/// Whoever waits in line holds memory, and fills the queue further once it gets through; whoever is told to come again holds nothing.
/// Signed webhooks have places of their own, so that no sender of batches keeps them out. A backlog never refuses them: most tools do not
/// send again what was refused.
/// </remarks>
public sealed class WriteLimits : IDisposable
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilBacklogShrinks = TimeSpan.FromSeconds(30);

    private readonly ConcurrencyLimiter writes;
    private readonly ConcurrencyLimiter deliveries;
    private readonly Backlog backlog;
    private readonly ItemBudgets budgets;
    private readonly IOptions<InfluenceOptions> options;

    /// <summary>Reads the settings.</summary>
    /// <param name="backlog">How long facts wait.</param>
    /// <param name="budgets">What the keys may send.</param>
    /// <param name="options">The limits.</param>
    public WriteLimits(Backlog backlog, ItemBudgets budgets, IOptions<InfluenceOptions> options)
    {
        (this.backlog, this.budgets, this.options) = (backlog, budgets, options);
        (writes, deliveries) = (Limiter(), Limiter());

        ConcurrencyLimiter Limiter() =>
            new(new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxConcurrentWrites, QueueLimit = 0 });
    }

    /// <summary>A place for a write that shows a key.</summary>
    /// <param name="writer">Whose key; null for the operator's, which has no budget.</param>
    public WriteSlot Enter(Writer? writer)
    {
        var most = TimeSpan.FromSeconds(options.Value.MaxBacklogSeconds);
        if (most > TimeSpan.Zero && backlog.Age > most)
            return Refuse(new Throttle(ThrottleReason.Backlog, UntilBacklogShrinks));
        return writer is not null && budgets.RefuseAny(writer) is { } spent ? Refuse(spent) : Enter(writes);
    }

    /// <summary>A place for a signed delivery.</summary>
    public WriteSlot EnterDelivery() => Enter(deliveries);

    /// <inheritdoc/>
    public void Dispose()
    {
        writes.Dispose();
        deliveries.Dispose();
    }

    private static WriteSlot Enter(ConcurrencyLimiter limiter)
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return new WriteSlot(null, lease);
        lease.Dispose();
        return Refuse(new Throttle(ThrottleReason.Concurrency, Shortly));
    }

    private static WriteSlot Refuse(Throttle throttle)
    {
        PipelineMetrics.Throttled(throttle.Reason);
        return new WriteSlot(throttle, null);
    }
}
