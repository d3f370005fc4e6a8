namespace Influence.Pipeline.Publish;

/// <summary>The ranges' boards put together, as they are to be published.</summary>
internal sealed class BoardGathering(ISettlementData data, InfluenceOptions options)
{
    /// <summary>How many boards at the end wait for all others to be out.</summary>
    public const int Last = 2;

    /// <summary>
    /// How many networks have boards, however few they rank: the largest. A network's name is the writer's own choice, and nobody should
    /// publish boards
    /// without end by making names up.
    /// </summary>
    public const int MaxNetworks = 1000;

    /// <summary>Every board of a publication; global and movers last: whoever sees those can already see the others.</summary>
    public async Task<List<(string Name, BoardEdition Edition)>> GatherAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        var boards = await MergeAsync(run, cancellationToken);
        var moment = DateTimeOffset.FromUnixTimeSeconds(run.AsOf);
        var editions = boards.OrderBy(b => b.Key == BoardSet.Global).Select(b => (b.Key, EditionOf(b.Value)));
        return [.. editions, (BoardSet.Movers, Movers(run, moment, boards[BoardSet.Global]))];

        BoardEdition EditionOf(Board board) =>
            new(run.Id, run.Info.Date, moment, board.Histogram, [.. board.Ranked().Take(options.BoardSize)])
            {
                RequestedAt = run.Info.RequestedAt,
            };
    }

    private async Task<Dictionary<string, Board>> MergeAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        var all = new BoardSet(options.BoardSize);
        foreach (var range in ShardRange.All(run.Ranges))
        {
            var part =
                await data.FindAsync(run.Id, BoardMerge.Name(range), cancellationToken)
                ?? throw new InvalidDataException($"The boards of range {range} are missing.");
            foreach (var (name, everyone, best) in BoardCodec.Read(part))
                all.BoardOf(name).Add(everyone, best);
        }

        // Anyone may name a topic: only boards with enough accounts, and the largest of those, are published.
        var others = all.Boards.Where(b => b.Key != BoardSet.Global).ToLookup(b => BoardSet.IsNetwork(b.Key));
        var named = Largest(others[false].Where(b => b.Value.Histogram.Total >= options.MinBoardSize), options.MaxBoards);
        return Largest(others[true], MaxNetworks).Concat(named).Append(new(BoardSet.Global, all.Boards[BoardSet.Global])).ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, Board>> Largest(IEnumerable<KeyValuePair<string, Board>> boards, int count) =>
        boards.OrderByDescending(b => b.Value.Histogram.Total).ThenBy(b => b.Key, StringComparer.Ordinal).Take(count);

    private BoardEdition Movers(PublicationRun run, DateTimeOffset asOf, Board global)
    {
        var movers = global
            .Ranked()
            .Take(BoardSet.MoversAmong)
            .Where(e => e.Gain > 0)
            .OrderByDescending(e => e.Gain)
            .ThenBy(e => e)
            .ToList();
        var everyone = new ScoreHistogram();
        foreach (var entry in movers)
            everyone.Add(ScoreHistogram.PlaceOfGain(entry.Gain));
        return new BoardEdition(run.Id, run.Info.Date, asOf, everyone, [.. movers.Take(options.BoardSize)])
        {
            RequestedAt = run.Info.RequestedAt,
            ChangeIsGain = true,
        };
    }
}
