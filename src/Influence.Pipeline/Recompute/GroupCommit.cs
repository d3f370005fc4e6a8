using System.Diagnostics;

namespace Influence.Pipeline.Recompute;

/// <summary>Writes what several messages say of accounts of one partition, in few transactions (group commit).</summary>
/// <remarks>
/// Each state row is written under its ETag or as new. A refusal names one row: that account and those that were guessed to be new are read
/// and decided anew. After a second refusal of a group all of it is, since rows that were read go stale one at a time. An account that is
/// refused again and again, or that needs rows of its own, goes alone and holds up nobody. Attempts are bounded by time. A crash between
/// two transactions counts nothing twice: the ledger is in the same transaction as its effect, and the message comes again.
/// </remarks>
internal sealed class GroupCommit(
    AccountStore store,
    AccountCache cache,
    NewAccountGuess guess,
    OptimisticConcurrency concurrency,
    CommitMetrics metrics,
    TimeProvider clock
)
{
    /// <summary>No account is tried for longer in one commit.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    // Refused so often within a group, an account goes alone.
    private const int MaxRefusals = 2;

    /// <summary>Commits units: each account of each has its outcome when this returns.</summary>
    public async Task RunAsync(IReadOnlyList<FactUnit> units, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var span = PipelineTraces.CommitOf(
            [.. units.Select(u => u.Span).OfType<ActivityContext>()],
            units.Sum(u => u.Accounts.Count)
        );
        try
        {
            await RunAsync(units, start, cancellationToken);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
        finally
        {
            metrics.Record(clock.GetElapsedTime(start));
        }
    }

    private async Task RunAsync(IReadOnlyList<FactUnit> units, long start, CancellationToken cancellationToken)
    {
        var pending = units
            .SelectMany(u => u.Accounts.Keys.Select(a => (Account: a, Unit: u)))
            .GroupBy(w => w.Account, w => w.Unit)
            .Select(g => new PendingAccount(g.Key, [.. g]))
            .ToList();
        for (var round = 1; pending.Count > 0; round++)
        {
            if (round > 1 && clock.GetElapsedTime(start) > MaxTime)
            {
                foreach (var account in pending)
                    account.Fail(new ContentionException("an account"));
                return;
            }

            await Task.WhenAll(pending.Where(p => p.Before is null).Select(p => LoadAsync(p, cancellationToken)));
            pending.ForEach(Decide);
            foreach (var group in GroupsOf(pending.Where(p => p.Change is not null)))
                await SaveAsync(group, cancellationToken);
            // Beside the lane, which others wait for.
            foreach (var account in pending.Where(p => p.IsAlone))
                _ = ApplyAloneAsync(account, cancellationToken);
            pending.RemoveAll(p => p.IsDone || p.IsAlone);
            if (pending.Count > 0)
                await concurrency.WaitAsync(round, cancellationToken);
        }
    }

    private async Task LoadAsync(PendingAccount account, CancellationToken cancellationToken)
    {
        try
        {
            var document = account.MustRead ? null : cache.Find(account.Account);
            if (!account.MustRead)
                PipelineMetrics.LookedUp("accounts", document is not null);
            account.IsGuess = document is null && !account.MustRead && guess.IsOn;
            if (account.IsGuess)
                document = store.NewOf(account.Account);
            else if (document is null)
            {
                document = await store.LoadAsync(account.Account, account.NeedsOf, cancellationToken);
                if (!account.MustRead)
                    guess.Learn(wasNew: document.ETag is null);
            }

            account.Before = await store.CompleteAsync(document, account.NeedsOf, cancellationToken);
        }
        catch (PageMismatchException)
        {
            // Somebody wrote between two reads, or what the cache says is old.
            account.Refused(null);
            cache.Remove(account.Account);
            if (account.Refusals > MaxRefusals)
                account.GoAlone();
        }
        catch (PageException e)
        {
            cache.Remove(account.Account);
            account.Fail(e);
        }
    }

    private void Decide(PendingAccount account)
    {
        if (account.IsDone || account.IsAlone || account.Before is not { } before)
            return;
        try
        {
            account.Decide();
            if (account.Change is not null)
                account.Build(store.Keys);
        }
        catch (PageNotLoadedException)
        {
            // A fact before it moved it to another page: alone it is taken in as many steps as it needs.
            account.GoAlone();
            return;
        }
        catch (Exception e)
        {
            // One account's failure is no other's.
            cache.Remove(account.Account);
            account.Fail(e);
            return;
        }

        // Nothing to write: what was read is known for the next facts.
        if (account.IsDone && before.ETag is not null)
            cache.Put(before);
    }

    // Accounts of one row go together; one that has pages of its own is a transaction of its own.
    private static IEnumerable<List<PendingAccount>> GroupsOf(IEnumerable<PendingAccount> accounts)
    {
        var (group, bytes) = (new List<PendingAccount>(), 0);
        foreach (var account in accounts)
        {
            if (account.Built!.Actions.Count > 1)
            {
                yield return [account];
                continue;
            }

            if (group.Count == AccountStore.MaxRows || bytes + account.Built.Bytes > AccountStore.MaxTransactionBytes)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(account);
            bytes += account.Built.Bytes;
        }

        if (group.Count > 0)
            yield return group;
    }

    private async Task SaveAsync(List<PendingAccount> group, CancellationToken cancellationToken)
    {
        GroupOutcome outcome;
        try
        {
            outcome = await store.SaveAsync([.. group.Select(a => a.Built!)], cancellationToken);
        }
        catch (Exception e)
        {
            // Written or not: nobody knows.
            group.ForEach(a => cache.Remove(a.Account));
            if (cancellationToken.IsCancellationRequested || StorageFailure.IsTryLater(e, cancellationToken))
                throw;
            // Refused as wrong: each by itself, so that it is the failure of the one it is about.
            group.ForEach(a => a.GoAlone());
            return;
        }

        metrics.Count(outcome.Outcome, group.Count);
        switch (outcome.Outcome)
        {
            case SaveOutcome.Saved:
                for (var i = 0; i < group.Count; i++)
                {
                    cache.Put(outcome.Saved[i]);
                    if (group[i].IsGuess)
                        guess.Learn(wasNew: true);
                    group[i].Complete();
                }

                break;
            case SaveOutcome.TooLarge:
                // Halved, or one account's failure.
                group.ForEach(a => a.GoAlone());
                break;
            default:
                Refuse(group, outcome.Refused);
                break;
        }
    }

    private void Refuse(List<PendingAccount> group, int? refused)
    {
        var again = group.Exists(a => a.Refusals > 0);
        for (var i = 0; i < group.Count; i++)
        {
            var account = group[i];
            var isRefused = refused is null || refused == i;
            if (isRefused && account.IsGuess)
                guess.Learn(wasNew: false);
            else if (isRefused)
                guess.SawForeignWrite();
            if (isRefused || account.IsGuess || again)
                cache.Remove(account.Account);
            account.Refused(isRefused || account.IsGuess || again ? null : account.Before);
            if (isRefused && account.Refusals > MaxRefusals)
                account.GoAlone();
        }
    }

    // One unit after the other, in as many transactions as their facts need.
    private async Task ApplyAloneAsync(PendingAccount account, CancellationToken cancellationToken)
    {
        cache.Remove(account.Account);
        foreach (var unit in account.Units)
        {
            try
            {
                var applier = new FactApplier(store, concurrency, unit.Votes, unit.Origin);
                var facts = unit.Accounts[account.Account];
                unit.Complete(account.Account, await applier.ApplyAsync(account.Account, facts, cancellationToken));
            }
            catch (Exception e)
            {
                unit.Fail(account.Account, e);
            }
        }

        cache.Remove(account.Account);
    }
}
