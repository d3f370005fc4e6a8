using System.Threading.RateLimiting;

namespace Influence.Pipeline.Settle;

/// <summary>A single-flight cache of the votes of one iteration, which all ranges of the next one ask for.</summary>
/// <remarks>
/// While all votes fit into its memory a host reads each of them once in an iteration. Beyond that none are kept: every batch of accounts
/// reads those it needs.
/// </remarks>
/// <param name="data">Where they are stored.</param>
/// <param name="clock">Ends a load that takes too long.</param>
/// <param name="maxBytes">Memory for them. A batch of accounts takes about as much.</param>
internal sealed class PassVotesCache(ISettlementData data, TimeProvider clock, long maxBytes) : IDisposable
{
    // What a batch of accounts takes for each actor it asks for: a tie or a person, its facts, and its share of the rest.
    private const int BytesOfAnActor = 256;
    private const int ReadsAtATime = 8;

    private readonly SingleFlightCache<(string Publication, int Pass), IVotes?> last = new(clock, _ => Timeout.InfiniteTimeSpan, 1);

    private readonly ConcurrencyLimiter batches = new(new() { PermitLimit = 1, QueueLimit = int.MaxValue });

    /// <summary>The votes of an iteration.</summary>
    /// <exception cref="InvalidDataException">A part is missing.</exception>
    public async Task<PassVotes> OfAsync(PublicationRun run, int pass, CancellationToken cancellationToken)
    {
        var parts = new VoteParts(data, run.Id, pass, run.Ranges);
        var all = await last.GetAsync((run.Id, pass), token => FindAllAsync(parts, token), cancellationToken);
        return new PassVotes(parts, all, maxBytes / BytesOfAnActor, batches);
    }

    public void Dispose() => batches.Dispose();

    // Null as soon as they turn out to be too many.
    private async Task<IVotes?> FindAllAsync(VoteParts parts, CancellationToken cancellationToken)
    {
        var (ranges, bytes) = (new (ShardRange, IVotes)[parts.Ranges], 0L);
        // Keys are hashes, so that the ranges are alike: the first tells whether all would fit.
        var first = new ShardRange(0, parts.Ranges);
        (var own, bytes) = await parts.LoadAsync(first, cancellationToken);
        if (bytes * parts.Ranges > maxBytes)
            return null;
        ranges[0] = (first, own);
        await Parallel.ForEachAsync(
            ShardRange.All(parts.Ranges).Skip(1),
            Parallelism.AtMost(ReadsAtATime, cancellationToken),
            async (range, token) =>
            {
                if (Volatile.Read(ref bytes) > maxBytes)
                    return;
                var (votes, size) = await parts.LoadAsync(range, token);
                ranges[range.Index] = (range, votes);
                Interlocked.Add(ref bytes, size);
            }
        );
        return bytes > maxBytes ? null : new ShardVotes(ranges);
    }
}
