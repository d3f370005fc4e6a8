using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Recompute;

/// <summary>
/// The one writer of accounts in this process: store, cache, lanes and lease.
/// It is opened once the deployment's keys are known.
/// </summary>
internal sealed class AccountWriter(
    Deployment deployment,
    OptimisticConcurrency concurrency,
    CommitMetrics metrics,
    TimeProvider clock,
    Random random,
    IOptions<InfluenceOptions> options
) : IDisposable
{
    private readonly Lock gate = new();
    private readonly AccountCache cache = new(options.Value.AccountCacheMegabytes * 1024L * 1024);
    private readonly NewAccountGuess guess = new(clock);
    private volatile Opened? opened;

    /// <summary>Applies the facts of a message; each account has an outcome of its own.</summary>
    /// <param name="facts">Facts about accounts.</param>
    /// <param name="votes">The votes in force.</param>
    /// <param name="origin">How the facts came in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<AccountId, AccountOutcome>> ApplyAsync(
        IEnumerable<Fact> facts,
        IVotes votes,
        FactOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var now = await OpenAsync(cancellationToken);
        await using var turn = await now.Lease.EnterAsync(cancellationToken);
        var units = facts.GroupBy(f => f.About!.Value).GroupBy(g => now.Store.Keys.GroupOf(g.Key));
        var outcomes = await Task.WhenAll(
            units.Select(accounts =>
            {
                var unit = new FactUnit(accounts.ToDictionary(g => g.Key, IReadOnlyList<Fact> (g) => [.. g]), votes, origin);
                return now.Lanes.CommitAsync(accounts.Key, unit, now.Commit.RunAsync, cancellationToken);
            })
        );
        return outcomes.SelectMany(o => o).ToDictionary();
    }

    /// <summary>Writes changes that others decided to accounts of one partition, alone in its lane.</summary>
    public async Task<GroupOutcome> SaveAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
    {
        var now = await OpenAsync(cancellationToken);
        var partition = now.Store.Keys.GroupOf(changes[0].After.State.Account);
        return await now.Lanes.RunAsync(partition, SaveAsync, cancellationToken);

        async Task<GroupOutcome> SaveAsync()
        {
            try
            {
                return await now.Store.SaveAsync(changes, cancellationToken);
            }
            finally
            {
                // What the cache said of them is old, whatever came of it; in the lane, so that no other commit takes it for true.
                foreach (var change in changes)
                    cache.Remove(change.After.State.Account);
            }
        }
    }

    /// <summary>Deletes every row of an account, alone in its lane.</summary>
    public async Task DeleteAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = await OpenAsync(cancellationToken);
        await now.Lanes.RunAsync(
            now.Store.Keys.GroupOf(account),
            async () =>
            {
                cache.Remove(account);
                await now.Store.DeleteAsync(account, cancellationToken);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>The store itself, for those who read.</summary>
    public async ValueTask<AccountStore> StoreAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Store;

    public void Dispose()
    {
        opened?.Lanes.Dispose();
        opened?.Lease.Dispose();
        opened?.Store.Dispose();
    }

    private async ValueTask<Opened> OpenAsync(CancellationToken cancellationToken)
    {
        if (opened is { } now)
            return now;
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        lock (gate)
        {
            if (opened is null)
            {
                var store = new AccountStore(deployment.Accounts, keys);
                var lease = new WriterLease(deployment.Accounts, cache, guess, clock, random);
                var commit = new GroupCommit(store, cache, guess, concurrency, metrics, clock);
                opened = new Opened(store, new PartitionLanes(keys.Partitions), lease, commit);
            }

            return opened;
        }
    }

    private sealed record Opened(AccountStore Store, PartitionLanes Lanes, WriterLease Lease, GroupCommit Commit);
}
