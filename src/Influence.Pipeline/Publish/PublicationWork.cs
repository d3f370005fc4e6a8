namespace Influence.Pipeline.Publish;

/// <summary>Does one step of a publication for one range of shards; knows nothing of queues.</summary>
internal sealed class PublicationWork(SettlementSteps settle, ISettlementData data, BoardMerge merge)
{
    /// <returns>The largest change of any score that a pass saw; 0 for the other steps.</returns>
    public async Task<double> RunAsync(PublicationRun run, PublishMessage task, CancellationToken cancellationToken)
    {
        var range = new ShardRange(task.Range, run.Ranges);
        switch (task.Step)
        {
            case PublicationStep.Spend:
                await settle.SpendAsync(run, range, cancellationToken);
                return 0;
            case PublicationStep.Vote:
                await settle.VoteAsync(run, range, cancellationToken);
                return 0;
            case PublicationStep.Pass:
                return await settle.PassAsync(run, task.Pass, range, cancellationToken);
            case PublicationStep.Apply:
                await data.PutAsync(
                    run.Id,
                    BoardMerge.Name(range),
                    BoardCodec.Pack(await settle.ApplyAsync(run, task.Pass, range, cancellationToken)),
                    cancellationToken
                );
                return 0;
            case PublicationStep.Rank:
                await data.PutAsync(
                    run.Id,
                    BoardMerge.Name(range),
                    BoardCodec.Pack(await settle.RankAsync(run, range, cancellationToken)),
                    cancellationToken
                );
                return 0;
            case PublicationStep.Publish:
                await merge.RunAsync(run, cancellationToken);
                return 0;
            default:
                throw new ArgumentOutOfRangeException(nameof(task), task.Step, "Not a step of a publication.");
        }
    }
}
