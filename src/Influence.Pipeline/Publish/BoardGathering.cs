namespace Influence.Pipeline;

/// <summary>The ranges' boards put together, as they are to be published.</summary>
internal sealed class BoardGathering(ISettlementData data, InfluenceOptions options)
{
    /// <summary>How many boards at the end wait for all others to be out.</summary>
    public const int Last = 2;

    /// <summary>Every board of a publication; global and movers last: whoever sees those can already see the others.</summary>
    public async Task<List<(string Name, BoardEdition Edition)>> GatherAsync(PublicationRun run, CancellationToken stop)
    {
        var boards = await MergeAsync(run, stop);
        var moment = DateTimeOffset.FromUnixTimeSeconds(run.AsOf);
        var editions = boards.OrderBy(b => b.Key == BoardSet.Global).Select(b => (b.Key, EditionOf(b.Value)));
        return [.. editions, (BoardSet.Movers, Movers(run, moment, boards[BoardSet.Global]))];

        BoardEdition EditionOf(Board board) => new(run.Id, run.Info.Date, moment, board.Histogram, [.. board.Ranked().Take(options.BoardSize)]) { RequestedAt = run.Info.RequestedAt };
    }

    private async Task<Dictionary<string, Board>> MergeAsync(PublicationRun run, CancellationToken stop)
    {
        var all = new BoardSet(options.BoardSize);
        foreach (var range in ShardRange.All(run.Ranges))
        {
            var part = await data.FindAsync(run.Id, BoardMerge.Name(range), stop) ?? throw new InvalidDataException($"The boards of range {range} are missing.");
            foreach (var (name, everyone, best) in BoardCodec.Read(part)) all.BoardOf(name).Add(everyone, best);
        }

        // Anyone may name a topic: only boards with enough accounts, and the largest of those, are published.
        var named = all.Boards.Where(b => !BoardSet.IsAlwaysKept(b.Key) && b.Value.Histogram.Total >= options.MinBoardSize)
            .OrderByDescending(b => b.Value.Histogram.Total)
            .ThenBy(b => b.Key, StringComparer.Ordinal)
            .Take(options.MaxBoards);
        return all.Boards.Where(b => BoardSet.IsAlwaysKept(b.Key)).Concat(named).ToDictionary();
    }

    private BoardEdition Movers(PublicationRun run, DateTimeOffset asOf, Board global)
    {
        var movers = global.Ranked().Take(BoardSet.MoversAmong).Where(e => e.Gain > 0).OrderByDescending(e => e.Gain).ThenBy(e => e).ToList();
        var everyone = new ScoreHistogram();
        foreach (var entry in movers) everyone.Add(entry.Score);
        return new BoardEdition(run.Id, run.Info.Date, asOf, everyone, [.. movers.Take(options.BoardSize)]) { RequestedAt = run.Info.RequestedAt, ChangeIsGain = true };
    }
}
