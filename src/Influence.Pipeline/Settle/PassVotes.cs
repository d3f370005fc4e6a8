using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;

namespace Influence.Pipeline.Settle;

/// <summary>The votes of one iteration: all of them in memory, or as many as a batch of accounts needs.</summary>
/// <param name="parts">Where they are stored.</param>
/// <param name="all">All of them; null when they are too many.</param>
/// <param name="actorsAtATime">How many actors make a batch then.</param>
/// <param name="batches">Lets one step of this process at a time work in batches.</param>
internal sealed class PassVotes(VoteParts parts, IVotes? all, long actorsAtATime, ConcurrencyLimiter batches)
{
    private const int ReadsAtATime = 4;

    /// <summary>Accounts in small groups, in their order, each with the votes of all who engage them.</summary>
    public IAsyncEnumerable<VotedGroup<T>> GroupsAsync<T>(
        IAsyncEnumerable<T> accounts,
        Func<T, AccountState> stateOf,
        CancellationToken cancellationToken
    )
    {
        if (all is null)
            return BatchesAsync(accounts, stateOf, cancellationToken);
        var votes = new GroupVotes(all);
        return accounts.Chunk(AccountStore.MaxRows).Select(group => new VotedGroup<T>(group, votes));
    }

    /// <summary>The votes of some actors; each range of them is read once.</summary>
    /// <param name="actors">Their keys, in any order, some more than once. They end up sorted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">A part is missing.</exception>
    public async Task<GatheredVotes> GatherAsync(List<ulong> actors, CancellationToken cancellationToken)
    {
        var distinct = Distinct(actors);
        var votes = new StoredVote[distinct.Length];
        // A few ranges at a time: no more of them is ever held.
        await Parallel.ForEachAsync(
            StretchesOf(distinct),
            Parallelism.AtMost(ReadsAtATime, cancellationToken),
            async (stretch, token) =>
            {
                var packed = await parts.ReadAsync(stretch.Range, token);
                for (var i = stretch.From; i < stretch.To; i++)
                    votes[i] = KeyedValueCodec.Find(packed, distinct[i], StoredVote.Default);
            }
        );
        return new GatheredVotes(distinct, votes);
    }

    // Batches are large, since each reads the ranges anew. Other steps wait for their turn: the first ones end soon, instead of all late.
    private async IAsyncEnumerable<VotedGroup<T>> BatchesAsync<T>(
        IAsyncEnumerable<T> accounts,
        Func<T, AccountState> stateOf,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var turn = await batches.AcquireAsync(1, cancellationToken);
        var (batch, actors) = (new List<T>(), new List<ulong>());
        await foreach (var account in accounts.WithCancellation(cancellationToken))
        {
            batch.Add(account);
            AccountSettlement.AddActors(stateOf(account), actors);
            if (actors.Count < actorsAtATime)
                continue;
            foreach (var group in await GroupsAsync(batch, actors, cancellationToken))
                yield return group;
            (batch, actors) = ([], []);
        }

        foreach (var group in await GroupsAsync(batch, actors, cancellationToken))
            yield return group;
    }

    private async Task<IEnumerable<VotedGroup<T>>> GroupsAsync<T>(List<T> batch, List<ulong> actors, CancellationToken cancellationToken)
    {
        var votes = new GroupVotes(await GatherAsync(actors, cancellationToken), this);
        return batch.Chunk(AccountStore.MaxRows).Select(group => new VotedGroup<T>(group, votes));
    }

    private static ulong[] Distinct(List<ulong> actors)
    {
        actors.Sort();
        var sorted = CollectionsMarshal.AsSpan(actors);
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
            if (count == 0 || sorted[count - 1] != sorted[i])
                sorted[count++] = sorted[i];
        return sorted[..count].ToArray();
    }

    // Where each range begins and ends among sorted actors; those with none are left out.
    private IEnumerable<(ShardRange Range, int From, int To)> StretchesOf(ulong[] sorted)
    {
        for (var (from, to) = (0, 0); from < sorted.Length; from = to)
        {
            var range = parts.RangeOf(sorted[from]);
            while (to < sorted.Length && sorted[to] >> 56 < (ulong)range.End)
                to++;
            yield return (range, from, to);
        }
    }
}
