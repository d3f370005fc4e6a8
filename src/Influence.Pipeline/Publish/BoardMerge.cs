using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Publish;

/// <summary>The last step: the ranges' boards become the published ones, what is past its time goes.</summary>
internal sealed partial class BoardMerge(
    Deployment deployment,
    ISettlementData data,
    TimeProvider clock,
    InfluenceOptions options,
    ILogger<BoardMerge> logger
)
{
    private const int BoardsAtATime = 8;

    public static string Name(ShardRange range) => $"boards|{range}";

    public async Task RunAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        var boards = await new BoardGathering(data, options).GatherAsync(run, cancellationToken);
        var writer = new BoardWriter(deployment.Leaderboards, new BoardReader(deployment.Leaderboards));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = BoardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            boards[..^BoardGathering.Last],
            parallel,
            async (board, cancelled) => await writer.WriteAsync(board.Name, board.Edition, cancelled)
        );
        foreach (var (name, edition) in boards[^BoardGathering.Last..])
            await writer.WriteAsync(name, edition, cancellationToken);
        await new Retention(deployment, options, clock).ForgetAsync(run.Id, cancellationToken);
        var accounts = boards.Single(b => b.Name == BoardSet.Global).Edition.Everyone.Total;
        await FinishAsync(run, boards.Count, accounts, cancellationToken);
        Published(logger, run.Info.Date, boards.Count, accounts);
    }

    private async Task FinishAsync(PublicationRun run, int boards, int accounts, CancellationToken cancellationToken)
    {
        var log = new PublicationLog(deployment.Leaderboards);
        var latest = await log.FindAsync(run.Id, cancellationToken) ?? run;
        var info = latest.Info with
        {
            Status = PublicationStatus.Published,
            Step = PublicationStep.Publish,
            FinishedAt = clock.GetUtcNow(),
            Boards = boards,
            Accounts = accounts,
        };
        await log.PutAsync(latest with { Info = info }, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Date:O}: {Boards} boards of {Accounts} accounts.")]
    private static partial void Published(ILogger logger, DateOnly date, int boards, int accounts);
}
