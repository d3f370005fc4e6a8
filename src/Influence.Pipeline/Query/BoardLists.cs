using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>
/// The list of boards; a long one is kept in memory for at most a minute, since a row for every day of every board is much to read for whoever asks.
/// </summary>
internal sealed class BoardLists(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options) : IDisposable
{
    // As many rows as one request brings: below that nothing is won by being stale.
    private const int LongDays = 1000;

    private readonly BoardReader reader = new(deployment.Leaderboards);
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Cached? cached;

    public async Task<BoardList> LatestAsync(CancellationToken stop)
    {
        if (Known() is { } known) return known;
        // Who comes while it is being read waits for the one reading.
        await gate.WaitAsync(stop);
        try
        {
            return Known() ?? await ReadAsync(stop);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private BoardList? Known() => cached is { } known && clock.GetUtcNow() < known.Until ? known.List : null;

    private async Task<BoardList> ReadAsync(CancellationToken stop)
    {
        // As old as its beginning, however long it takes.
        var until = clock.GetUtcNow().AddSeconds(options.Value.BoardCacheSeconds);
        var list = new BoardList(await reader.BoardsAsync(stop));
        cached = list.Leaderboards.Sum(b => b.Dates.Count) > LongDays ? new Cached(list, until) : null;
        return list;
    }

    private sealed record Cached(BoardList List, DateTimeOffset Until);
}
