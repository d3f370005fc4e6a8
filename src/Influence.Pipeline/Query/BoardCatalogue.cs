using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>
/// The list of boards; a long one is kept in memory for at most a minute, since a row for every day of every board is much to read for
/// whoever asks.
/// </summary>
internal sealed class BoardCatalogue(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options)
{
    // As many rows as one request brings: below that nothing is won by being stale.
    private const int LongDays = 1000;

    private readonly BoardReader reader = new(deployment.Leaderboards);
    private volatile Cached? cached;

    public async Task<BoardList> LatestAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (cached is { } known && now < known.Until)
            return known.List;
        var list = new BoardList(await reader.BoardsAsync(cancellationToken));
        // As old as its beginning, however long it took.
        if (list.Leaderboards.Sum(b => b.Dates.Count) > LongDays)
            cached = new Cached(list, now.AddSeconds(options.Value.BoardCacheSeconds));
        return list;
    }

    private sealed record Cached(BoardList List, DateTimeOffset Until);
}
