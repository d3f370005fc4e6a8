using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Benchmarks.Scale;

/// <summary>
/// A whole publication with production's steps over storage in memory. Ranges go side by side on every core; writing the boards is only
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

    /// <summary>The most of them that lay there at once.</summary>
    public long DataHeld { get; private set; }

    /// <summary>
    /// Attention, initial votes, one pass, apply and publish. It is the goal's «one settle pass + publication of all boards».
    /// </summary>
    public Stage OnePass => Stage.Sum("one pass + publication", stages.Where(s => s.Name is not ("pass 2" or "pass 3")));

    /// <summary>Runs it; keeps the figures alone.</summary>
    public async Task RunAsync(MemoryAccounts accounts)
    {
        var data = new MemoryData();
        var input = new PublicationInput(
            new DateOnly(2026, 9, 21),
            Population.Now,
            Population.Now,
            options.SettlePasses,
            options.SettleTolerance
        );
        var run = new PublicationRun("run", DateTimeOffset.UnixEpoch, 256 / options.ShardsPerMessage, input);
        var votes = new PassVotesCache(data, TimeProvider.System, options.SettleVoteMegabytes * 1024L * 1024);
        var settle = new SettlementSteps(
            accounts,
            data,
            votes,
            (_, _) => Task.FromResult(true),
            (range, _) => Task.FromResult(accounts.ActivityOf(range)),
            _ => Task.FromResult(ErasedAccounts.None),
            options
        );
        var boards = new BoardSteps(
            settle,
            data,
            null!,
            null!,
            new PublishedPeople(null!, _ => Task.FromResult(ErasedAccounts.None)),
            null!,
            options,
            NullLogger<BoardSteps>.Instance
        );
        await StageAsync("attention", run, (range, token) => settle.AttentionAsync(run, range, token));
        await StageAsync("initial votes", run, (range, token) => settle.InitialVotesAsync(run, range, token));
        data.Forget("attention|");
        do
        {
            var pass = ++Passes;
            LargestChange = await StageAsync($"pass {pass}", run, (range, token) => settle.IterateAsync(run, pass, range, token));
        } while (LargestChange > input.Tolerance && Passes < input.MaxPasses);
        await StageAsync("apply", run, (range, token) => boards.ApplyAsync(run, Passes + 1, range, DateTimeOffset.UnixEpoch, token));
        stages.Add(await Stage.MeasureAsync("publish", () => PublishAsync(boards, run)));
        (DataBytes, DataHeld) = (data.Written, data.MostHeld);
    }

    private async Task<double> StageAsync(string name, PublicationRun run, Func<ShardRange, CancellationToken, Task<StepResult>> work)
    {
        var (gate, largest) = (new Lock(), 0.0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        stages.Add(
            await Stage.MeasureAsync(
                name,
                () =>
                    Parallel.ForEachAsync(
                        ShardRange.All(run.Ranges),
                        parallel,
                        async (range, token) =>
                        {
                            var result = await work(range, token);
                            lock (gate)
                                largest = Math.Max(largest, result.Value);
                        }
                    )
            )
        );
        return largest;
    }

    private async Task PublishAsync(BoardSteps boards, PublicationRun run)
    {
        foreach (var (name, edition) in await boards.GatherAsync(run, default))
        {
            Boards++;
            if (name == BoardBuilder.Global)
                Ranked = edition.Everyone.Total;
            // Two rows for each place, then meta, day and pointer; four reads find the day before and what is there.
            Rows += (2 * edition.Places.Count) + 3;
            Transactions += ((edition.Places.Count + 49) / 50) + 3 + 4;
        }
    }
}
