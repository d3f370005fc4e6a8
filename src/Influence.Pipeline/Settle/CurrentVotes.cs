using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Settle;

/// <summary>
/// The votes of the last settlement, by which facts are scored until the next. Parts are loaded when an actor of theirs turns up, and kept
/// in bounded memory;
/// the pointer is read anew every few seconds.
/// </summary>
internal sealed class CurrentVotes(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options)
    : IVotesInForce,
        IDisposable
{
    private readonly MemoryCache parts = new(new MemoryCacheOptions { SizeLimit = options.Value.VoteCacheMegabytes * 1024L * 1024 });
    private volatile Known? known;

    /// <summary>Makes a pass's votes the published ones, unless a publication that was asked for later published its own.</summary>
    public async Task PublishAsync(PublicationRun run, int pass, CancellationToken cancellationToken)
    {
        await VotesPointer.MoveAsync(deployment.Settlements, run, pass, cancellationToken);
        known = null;
    }

    /// <inheritdoc/>
    public async Task<bool> AreOfAsync(PublicationRun run, CancellationToken cancellationToken) =>
        (await VotesPointer.FindAsync(deployment.Settlements, cancellationToken))?.Publication == run.Id;

    /// <summary>The votes of some actors.</summary>
    /// <exception cref="InvalidDataException">A part of them is missing.</exception>
    public async Task<IVotes> OfAsync(IEnumerable<ulong> actors, CancellationToken cancellationToken)
    {
        // Counted apart from the step that asks: it is paid once in a few seconds, not once a message.
        StorageRequests.Enter("votes");
        if (await PointerAsync(cancellationToken) is not { } now)
            return VoteTable.AllOne;
        var ranges = actors.Select(a => ShardRange.IndexOf(a, now.Ranges)).Distinct();
        var loaded = await Task.WhenAll(
            ranges.Select(async r => (Range: r, Votes: await PartAsync(now, new ShardRange(r, now.Ranges), cancellationToken)))
        );
        return new Parts(loaded.ToDictionary(p => p.Range, p => p.Votes), now.Ranges);
    }

    public void Dispose() => parts.Dispose();

    private async Task<VotesPointer?> PointerAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known is { } kept && now < kept.Until)
            return kept.Pointer;
        var read = await VotesPointer.FindAsync(deployment.Settlements, cancellationToken);
        known = new Known(read, now.AddSeconds(options.Value.VoteCacheSeconds));
        return read;
    }

    private async Task<IVotes> PartAsync(VotesPointer now, ShardRange range, CancellationToken cancellationToken)
    {
        var key = (now.Publication, now.Pass, range);
        if (parts.TryGetValue(key, out IVotes? kept))
            return kept!;
        var packed =
            await new SettlementTable(deployment.Settlements).FindAsync(
                now.Publication,
                PassVotesCache.Name(now.Pass, range),
                cancellationToken
            ) ?? throw new InvalidDataException($"The votes of publication '{now.Publication}' are missing.");
        // Half as much again as the packed bytes, at most.
        return parts.Set<IVotes>(
            key,
            VoteTable.Of(KeyedValueCodec.Read<float>(packed)),
            new MemoryCacheEntryOptions { Size = 128 + (3L * packed.Length / 2) }
        );
    }

    private sealed record Known(VotesPointer? Pointer, DateTimeOffset Until);

    private sealed class Parts(Dictionary<int, IVotes> parts, int ranges) : IVotes
    {
        public float Of(ulong actor) => parts[ShardRange.IndexOf(actor, ranges)].Of(actor);
    }
}
