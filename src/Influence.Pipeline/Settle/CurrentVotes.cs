using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Settle;

/// <summary>The votes of the last settlement, by which facts are scored until the next.</summary>
/// <remarks>
/// Parts are loaded when an actor of theirs turns up and cached in bounded memory; the pointer to the votes in force is read anew every few
/// seconds.
/// </remarks>
internal sealed class CurrentVotes(
    Deployment deployment,
    OptimisticConcurrency concurrency,
    TimeProvider clock,
    IOptions<InfluenceOptions> options
)
{
    private const string Pointer = "pointer";

    private readonly SettlementTable data = new(deployment.Settlements);

    private readonly SingleFlightCache<string, VotesPointer?> pointers = new(
        clock,
        _ => TimeSpan.FromSeconds(options.Value.VoteCacheSeconds),
        1
    );

    private readonly SingleFlightCache<(string Publication, int Pass, ShardRange Range), (IVotes Votes, long Bytes)> parts = new(
        clock,
        _ => Timeout.InfiniteTimeSpan,
        options.Value.VoteCacheMegabytes * 1024L * 1024,
        part => part.Bytes
    );

    /// <summary>Makes the votes of a settlement's last iteration those in force: a step of a publication, done once.</summary>
    public async Task<StepResult> ActivateAsync(PublicationRun run, int round, CancellationToken cancellationToken)
    {
        await VotesPointer.MoveAsync(deployment.Settlements, concurrency, run, round, cancellationToken);
        pointers.Forget(Pointer);
        return StepResult.Done;
    }

    /// <summary>Whether the votes in force are those of a publication, this moment.</summary>
    public async Task<bool> AreOfAsync(PublicationRun run, CancellationToken cancellationToken) =>
        (await VotesPointer.FindAsync(deployment.Settlements, cancellationToken))?.Publication == run.Id;

    /// <summary>The votes of some actors.</summary>
    /// <exception cref="InvalidDataException">A part of them is missing.</exception>
    public async Task<IVotes> OfAsync(IEnumerable<ulong> actors, CancellationToken cancellationToken)
    {
        // Counted apart from the step that asks: it is paid once in a few seconds, not once a message.
        StorageRequests.Enter("votes");
        List<ulong> keys = [.. actors];
        if (await PointerAsync(cancellationToken) is not { } now)
            return VoteTable.AllOne;
        try
        {
            return await PartsAsync(now, keys, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // The pointer that was cached may name votes that retention has deleted since.
            pointers.Forget(Pointer);
            return await PointerAsync(cancellationToken) is { } anew ? await PartsAsync(anew, keys, cancellationToken) : VoteTable.AllOne;
        }
    }

    private Task<VotesPointer?> PointerAsync(CancellationToken cancellationToken) =>
        pointers.GetAsync(Pointer, token => VotesPointer.FindAsync(deployment.Settlements, token), cancellationToken);

    private async Task<IVotes> PartsAsync(VotesPointer now, List<ulong> actors, CancellationToken cancellationToken)
    {
        var stored = new VoteParts(data, now.Publication, now.Pass, now.Ranges);
        var loaded = await Task.WhenAll(
            actors
                .Select(stored.RangeOf)
                .Distinct()
                .Select(async range =>
                    (
                        range,
                        (
                            await parts.GetAsync(
                                (now.Publication, now.Pass, range),
                                token => stored.LoadAsync(range, token),
                                cancellationToken
                            )
                        ).Votes
                    )
                )
        );
        return new ShardVotes(loaded);
    }
}
