using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>The latest global board's histogram, kept in memory for at most a minute: a rank without a read.</summary>
internal sealed class GlobalRanks(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options)
{
    private readonly BoardReader reader = new(deployment.Leaderboards);
    private volatile Cached? cached;

    public async Task<BoardMeta?> LatestAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (cached is { } known && now < known.Until)
            return known.Meta;
        var meta = await reader.LatestAsync(BoardSet.Global, cancellationToken) is { } day
            ? await reader.MetaAsync(BoardSet.Global, day, cancellationToken)
            : null;
        cached = new Cached(meta, now.AddSeconds(options.Value.BoardCacheSeconds));
        return meta;
    }

    private sealed record Cached(BoardMeta? Meta, DateTimeOffset Until);
}
