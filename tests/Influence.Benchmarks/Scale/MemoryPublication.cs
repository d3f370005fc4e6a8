namespace Influence.Benchmarks.Scale;

/// <summary>
/// A whole publication with production's steps over storage in memory, ranges side by side on every core; writing the boards is only
/// counted.
/// </summary>
internal sealed class MemoryPublication
{
    private readonly InfluenceOptions options = new();
    private readonly List<Stage> stages = [];

    public IReadOnlyList<Stage> Stages => stages;

    public int Passes { get; private set; }

    public double LargestChange { get; private set; }

    public int Boards { get; private set; }

    public int Ranked { get; private set; }

    /// <summary>Rows the boards come to in the Leaderboards table.</summary>
    public int Rows { get; private set; }

    /// <summary>Requests that writing them takes when there is a day before.</summary>
    public int Transactions { get; private set; }

    /// <summary>Bytes of partial results.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Spend, vote, one pass, apply and publish: the goal's «one settle pass + publication of all boards».</summary>
    public Stage OnePass => Stage.Sum("one pass + publication", stages.Where(s => s.Name is not ("pass 2" or "pass 3")));

    /// <summary>Runs it; keeps the figures alone.</summary>
    public async Task RunAsync(MemoryAccounts accounts)
    {
        var data = new MemoryData();
        var info = new Publication(
            "run",
            new DateOnly(2026, 9, 21),
            PublicationStatus.Running,
            DateTimeOffset.UnixEpoch,
            Step: PublicationStep.Spend,
            Pass: 0
        );
        var run = new PublicationRun(
            info,
            Population.Now,
            256 / options.ShardsPerMessage,
            options.SettlePasses,
            options.SettleTolerance,
            DateTimeOffset.UnixEpoch
        );
        var settle = new SettlementSteps(accounts, data, new PassVotesCache(data), new Alone(), options);
        (PublicationStep Step, int Pass)? next = run.At;
        while (next is { } at)
        {
            LargestChange = at.Step == PublicationStep.Pass ? 0 : LargestChange;
            var name = at.Step == PublicationStep.Pass ? $"pass {at.Pass}" : at.Step.ToString().ToLowerInvariant();
            stages.Add(
                await Stage.MeasureAsync(
                    name,
                    () =>
                        at.Step == PublicationStep.Publish
                            ? PublishAsync(data, run)
                            : EveryRangeAsync(new PublicationWork(settle, data, null!), run, at.Step, at.Pass)
                )
            );
            if (at.Step == PublicationStep.Vote)
                data.Forget("spend|");
            Passes = at.Step == PublicationStep.Pass ? at.Pass : Passes;
            next = PublicationPlan.Next(run, at.Step, at.Pass, LargestChange);
        }

        DataBytes = data.Written;
    }

    private sealed class Alone : IVotesInForce
    {
        public Task<bool> AreOfAsync(PublicationRun run, CancellationToken cancellationToken) => Task.FromResult(true);
    }

    private async Task EveryRangeAsync(PublicationWork work, PublicationRun run, PublicationStep step, int pass)
    {
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(
            ShardRange.All(run.Ranges),
            parallel,
            async (range, cancellationToken) =>
            {
                var change = await work.RunAsync(
                    run,
                    new PublishMessage(PublishMessage.Version, run.Id, step, pass, range.Index),
                    cancellationToken
                );
                lock (gate)
                    LargestChange = step == PublicationStep.Pass ? Math.Max(LargestChange, change) : LargestChange;
            }
        );
    }

    private async Task PublishAsync(MemoryData data, PublicationRun run)
    {
        foreach (var (name, edition) in await new BoardGathering(data, options).GatherAsync(run, default))
        {
            Boards++;
            if (name == BoardSet.Global)
                Ranked = edition.Everyone.Total;
            // Two rows for each place, then meta, day and pointer; four reads find the day before and what is there.
            Rows += (2 * edition.Places.Count) + 3;
            Transactions += ((edition.Places.Count + 49) / 50) + 3 + 4;
        }
    }
}
