using Microsoft.Extensions.Logging;

namespace Influence.Pipeline;

/// <summary>The last step: the ranges' boards become the published ones, what is past its time goes.</summary>
internal sealed partial class BoardMerge(Deployment deployment, ISettlementData data, TimeProvider clock, InfluenceOptions options, ILogger<BoardMerge> logger)
{
    public static string Name(ShardRange range) => $"boards|{range}";

    public async Task RunAsync(PublicationRun run, CancellationToken stop)
    {
        var boards = await GatherAsync(run, stop);
        var writer = new BoardWriter(deployment.Leaderboards, new BoardReader(deployment.Leaderboards));
        var moment = DateTimeOffset.FromUnixTimeSeconds(run.AsOf);
        // The global board last: whoever sees it can already see the others.
        foreach (var (name, board) in boards.OrderBy(b => b.Key == BoardSet.Global))
            await writer.WriteAsync(name, new BoardEdition(run.Id, run.Info.Date, moment, board.Histogram, [.. board.Ranked().Take(options.BoardSize)]), stop);
        var global = boards[BoardSet.Global];
        await writer.WriteAsync(BoardSet.Movers, Movers(run, moment, global), stop);
        await new Retention(deployment, options, clock).ForgetAsync(run.Id, stop);
        await FinishAsync(run, boards.Count + 1, global.Histogram.Total, stop);
        Published(logger, run.Info.Date, boards.Count + 1, global.Histogram.Total);
    }

    private async Task<Dictionary<string, Board>> GatherAsync(PublicationRun run, CancellationToken stop)
    {
        var all = new BoardSet(options.BoardSize);
        foreach (var range in ShardRange.All(run.Ranges))
        {
            var part = await data.FindAsync(run.Id, Name(range), stop) ?? throw new InvalidDataException($"The boards of range {range} are missing.");
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
        return new BoardEdition(run.Id, run.Info.Date, asOf, everyone, [.. movers.Take(options.BoardSize)]) { ChangeIsGain = true };
    }

    private async Task FinishAsync(PublicationRun run, int boards, int accounts, CancellationToken stop)
    {
        var log = new PublicationLog(deployment.Leaderboards);
        var latest = await log.FindAsync(run.Id, stop) ?? run;
        var info = latest.Info with { Status = PublicationStatus.Published, Step = PublicationStep.Publish, FinishedAt = clock.GetUtcNow(), Boards = boards, Accounts = accounts };
        await log.AddAsync(latest with { Info = info }, stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Date:O}: {Boards} boards of {Accounts} accounts.")]
    private static partial void Published(ILogger logger, DateOnly date, int boards, int accounts);
}
