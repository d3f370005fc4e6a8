using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Influence.Pipeline.Recompute;

/// <summary>
/// One lane for each partition of the Accounts table in this process: a queue and a lock. What waits for a lane is written together (group
/// commit), and writers of one process never conflict.
/// </summary>
/// <param name="partitions">How many partitions there are.</param>
internal sealed class PartitionLanes(int partitions) : IDisposable
{
    /// <summary>Most units of one group commit.</summary>
    public const int MaxUnits = 8;

    private readonly Lane[] lanes = [.. Enumerable.Range(0, partitions).Select(_ => new Lane())];

    /// <summary>Has a unit committed, together with what waits beside it.</summary>
    /// <param name="partition">The partition's number.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="commit">Commits several units: each account of each has, or will have, an outcome when it returns.</param>
    /// <param name="cancellationToken">Gives up waiting; others go on, and may still commit the unit.</param>
    public async Task<IReadOnlyDictionary<AccountId, AccountOutcome>> CommitAsync(
        int partition,
        FactUnit unit,
        Func<IReadOnlyList<FactUnit>, CancellationToken, Task> commit,
        CancellationToken cancellationToken
    )
    {
        var lane = lanes[partition];
        lane.Waiting.Enqueue(unit);
        using (await lane.Gate.AcquireAsync(1, cancellationToken))
        {
            // First come, first served: whoever goes before takes what fits along.
            while (!unit.IsTaken)
                await CommitAsync(lane.Take(), commit, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await unit.Outcomes.WaitAsync(cancellationToken);
    }

    // Whatever happens, nobody waits for a unit that was taken and dropped: it fails, and its message comes again.
    private static async Task CommitAsync(
        List<FactUnit> taken,
        Func<IReadOnlyList<FactUnit>, CancellationToken, Task> commit,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await commit(taken, cancellationToken);
        }
        catch (Exception e)
        {
            foreach (var unit in taken)
                unit.FailRest(e);
        }
    }

    /// <summary>Runs other writes of a partition while nothing else of this process writes to it.</summary>
    public async Task<T> RunAsync<T>(int partition, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        using (await lanes[partition].Gate.AcquireAsync(1, cancellationToken))
            return await write();
    }

    public void Dispose() => Array.ForEach(lanes, l => l.Gate.Dispose());

    private sealed class Lane
    {
        public ConcurrencyLimiter Gate { get; } = new(new() { PermitLimit = 1, QueueLimit = int.MaxValue });

        public ConcurrentQueue<FactUnit> Waiting { get; } = new();

        public List<FactUnit> Take()
        {
            var taken = new List<FactUnit>(MaxUnits);
            while (taken.Count < MaxUnits && Waiting.TryDequeue(out var unit))
            {
                unit.IsTaken = true;
                taken.Add(unit);
            }

            return taken;
        }
    }
}
