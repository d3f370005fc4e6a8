using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Ingest;

/// <summary>What a key may send: items a minute, spread over the minute, with bursts of at least a whole batch.</summary>
/// <param name="PerMinute">Items a minute.</param>
/// <param name="Remaining">Items that it may send at once now.</param>
/// <param name="Reset">Until it may send as much as at first.</param>
public sealed record ItemBudget(int PerMinute, long Remaining, TimeSpan Reset);

/// <summary>Item budgets of keys: a token bucket for each name, one for all keys without a name.</summary>
/// <remarks>
/// A process counts for itself: on <c>n</c> hosts a key may send up to <c>n</c> times its budget. Only names of the settings get a bucket,
/// so that forged keys cost no memory.
/// </remarks>
public sealed class ItemBudgets : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly int common;
    private readonly PartitionedRateLimiter<Writer> buckets;

    /// <summary>Reads the settings.</summary>
    /// <param name="options">The budget of keys that have none of their own.</param>
    public ItemBudgets(IOptions<InfluenceOptions> options)
    {
        common = options.Value.ItemsPerMinute;
        buckets = PartitionedRateLimiter.Create<Writer, string>(writer =>
            PerMinute(writer) is > 0 and var items
                ? RateLimitPartition.GetTokenBucketLimiter(writer.Name ?? "", _ => BucketOf(items))
                : RateLimitPartition.GetNoLimiter(writer.Name ?? "")
        );
    }

    /// <summary>Why a key may send nothing now; null when it may send something.</summary>
    public Throttle? RefuseAny(Writer writer) => Take(writer, 0);

    /// <summary>Takes items out of a key's budget.</summary>
    /// <param name="writer">Whose key.</param>
    /// <param name="items">How many; more than a burst count as a whole one.</param>
    /// <returns>Why they are not taken now; null when they were.</returns>
    public Throttle? Charge(Writer writer, int items) =>
        PerMinute(writer) is > 0 and var perMinute ? Take(writer, Math.Min(items, BurstOf(perMinute))) : null;

    /// <summary>What a key has left; null for one without a budget.</summary>
    public ItemBudget? Of(Writer writer)
    {
        if (PerMinute(writer) is not (> 0 and var perMinute))
            return null;
        var remaining = buckets.GetStatistics(writer)?.CurrentAvailablePermits ?? BurstOf(perMinute);
        return new ItemBudget(perMinute, remaining, Minute * ((double)(BurstOf(perMinute) - remaining) / perMinute));
    }

    /// <inheritdoc/>
    public void Dispose() => buckets.Dispose();

    private int PerMinute(Writer writer) => writer.ItemsPerMinute ?? common;

    // However small a budget is, a whole batch must get through.
    private static int BurstOf(int perMinute) => Math.Max(FactIngestor.MaxItems, perMinute);

    private static TokenBucketRateLimiterOptions BucketOf(int perMinute)
    {
        var each = Math.Max(1, perMinute / 60);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = BurstOf(perMinute),
            TokensPerPeriod = each,
            ReplenishmentPeriod = Minute * ((double)each / perMinute),
            QueueLimit = 0,
        };
    }

    private Throttle? Take(Writer writer, int items)
    {
        using var lease = buckets.AttemptAcquire(writer, items);
        if (lease.IsAcquired)
            return null;
        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(1);
        return new Throttle(ThrottleReason.Budget, TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(after.TotalSeconds))));
    }
}
