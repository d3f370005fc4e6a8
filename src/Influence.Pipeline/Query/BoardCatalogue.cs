using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>The catalogue of boards: their names and days, and the latest global one. Anyone's rank is read from that one.</summary>
/// <remarks>Cached for at most a minute, setting <see cref="InfluenceOptions.BoardCacheSeconds"/>.</remarks>
internal sealed class BoardCatalogue
{
    // As many rows as one request brings: below that nothing is won by being stale.
    private const int LongDays = 1000;
    private const string All = "all";
    private readonly BoardStore store;
    private readonly SingleFlightCache<string, BoardList> lists;
    private readonly SingleFlightCache<string, BoardMeta?> latest;

    public BoardCatalogue(Deployment deployment, OptimisticConcurrency concurrency, TimeProvider clock, IOptions<InfluenceOptions> options)
    {
        var lifetime = TimeSpan.FromSeconds(options.Value.BoardCacheSeconds);
        store = new BoardStore(deployment.Leaderboards, concurrency);
        lists = new(clock, list => list.Leaderboards.Sum(b => b.Dates.Count) > LongDays ? lifetime : TimeSpan.Zero, 1);
        latest = new(clock, _ => lifetime, 1);
    }

    /// <summary>Every board with its published days.</summary>
    public Task<BoardList> ListAsync(CancellationToken cancellationToken) => lists.GetAsync(All, LoadListAsync, cancellationToken);

    /// <summary>The latest global board as a whole; null before the first publication.</summary>
    public Task<BoardMeta?> LatestGlobalAsync(CancellationToken cancellationToken) =>
        latest.GetAsync(BoardBuilder.Global, LoadGlobalAsync, cancellationToken);

    private async Task<BoardList> LoadListAsync(CancellationToken cancellationToken)
    {
        var boards = (await store.DaysAsync(cancellationToken)).GroupBy(d => d.Board).OrderBy(g => g.Key, StringComparer.Ordinal);
        return new BoardList([.. boards.Select(g => BoardDays.Of(g.Key, g.Select(d => d.Date)))]);
    }

    private async Task<BoardMeta?> LoadGlobalAsync(CancellationToken cancellationToken) =>
        await store.LatestAsync(BoardBuilder.Global, cancellationToken) is { } day
            ? await store.MetaAsync(BoardBuilder.Global, day, cancellationToken)
            : null;
}
