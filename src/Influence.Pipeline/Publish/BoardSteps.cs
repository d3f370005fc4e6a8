using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Publish;

/// <summary>The steps of a publication that make boards: gather them range by range, merge them, write them.</summary>
internal sealed partial class BoardSteps(
    SettlementSteps settle,
    ISettlementData data,
    BoardStore store,
    AudienceNotices notices,
    PublishedPeople people,
    StorageClock storageClock,
    InfluenceOptions options,
    ILogger<BoardSteps> logger
)
{
    /// <summary>What the names of a publication's partial boards begin with.</summary>
    public const string PartPrefix = "boards|";

    private const int BoardsAtATime = 8;

    /// <summary>Writes the accounts of a range that the settlement changed, and ranks all of them.</summary>
    public async Task<StepResult> ApplyAsync(PublicationRun run, int round, ShardRange range, CancellationToken cancellationToken)
    {
        var rankedAt = await storageClock.NowAsync(cancellationToken);
        return await ApplyAsync(run, round, range, rankedAt, cancellationToken);
    }

    /// <summary>The same, given the moment that it begins at by the storage service's clock.</summary>
    public async Task<StepResult> ApplyAsync(
        PublicationRun run,
        int round,
        ShardRange range,
        DateTimeOffset rankedAt,
        CancellationToken cancellationToken
    ) => await PutAsync(run, range, await settle.ApplyAsync(run, round, range, cancellationToken), rankedAt, cancellationToken);

    /// <summary>Ranks the accounts of a range under the votes they have.</summary>
    public async Task<StepResult> RankAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var rankedAt = await storageClock.NowAsync(cancellationToken);
        return await PutAsync(run, range, await settle.RankAsync(run, range, cancellationToken), rankedAt, cancellationToken);
    }

    /// <summary>Merges the ranges' boards and writes them, the global one and the movers last.</summary>
    public async Task<StepResult> PublishAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        if (run.Input.Settles)
            await notices.PutAsync(run, cancellationToken);
        var boards = await GatherAsync(run, cancellationToken);
        await WriteAsync(boards[..^BoardBuilder.Last], cancellationToken);
        var counts = true;
        foreach (var (name, edition) in boards[^BoardBuilder.Last..])
            counts &= await store.WriteAsync(name, edition, cancellationToken);
        var accounts = boards.Single(b => b.Name == BoardBuilder.Global).Edition.Everyone.Total;
        Published(logger, run.Date, boards.Count, accounts);
        var state = counts ? WorkflowState.Completed : WorkflowState.Superseded;
        return new StepResult(Output: new PublicationOutput(boards.Count, accounts).Write(), State: state);
    }

    // A board that storage cannot take holds up no other: what is out stays out, and the next attempt goes on with the rest.
    private async Task WriteAsync(List<(string Name, BoardEdition Edition)> boards, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(
            boards,
            Parallelism.AtMost(BoardsAtATime, cancellationToken),
            async (board, token) =>
            {
                try
                {
                    await store.WriteAsync(board.Name, board.Edition, token);
                }
                catch (Exception e) when (StorageFailure.IsTryLater(e, token))
                {
                    failures.Enqueue(e);
                }
            }
        );
        if (failures.TryDequeue(out var first))
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>Every board of a publication in the order they are to be written.</summary>
    public async Task<List<(string Name, BoardEdition Edition)>> GatherAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        if (run.Ranges < 1)
            throw new InvalidDataException("A publication has no ranges.");
        var (all, rankedAt) = (new BoardBuilder(options), DateTimeOffset.MaxValue);
        foreach (var range in ShardRange.All(run.Ranges))
        {
            var packed = await data.FindAsync(run.Id, NameOf(range), cancellationToken);
            var part = BoardCodec.Read(packed ?? throw new InvalidDataException($"The boards of range {range} are missing."));
            all.Add(part);
            rankedAt = part.RankedAt < rankedAt ? part.RankedAt : rankedAt;
        }

        all.Linked.RankOn(all, await people.NamesAsync(all.Linked, cancellationToken));
        return await people.WithoutErasedAsync(all.Editions(run, rankedAt), cancellationToken);
    }

    private async Task<StepResult> PutAsync(
        PublicationRun run,
        ShardRange range,
        BoardBuilder boards,
        DateTimeOffset rankedAt,
        CancellationToken cancellationToken
    )
    {
        await data.PutAsync(run.Id, NameOf(range), BoardCodec.Pack(boards, rankedAt), cancellationToken);
        return StepResult.Done;
    }

    private static string NameOf(ShardRange range) => $"{PartPrefix}{range}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Date:O}: {Boards} boards of {Accounts} accounts.")]
    private static partial void Published(ILogger logger, DateOnly date, int boards, int accounts);
}
