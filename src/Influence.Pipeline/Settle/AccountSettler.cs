using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Settle;

/// <summary>Writes accounts under the votes of a settlement: ordinary ones together, a large one part by part.</summary>
internal sealed partial class AccountSettler(
    AccountStore store,
    AccountWriter writer,
    Suppression suppression,
    OptimisticConcurrency concurrency,
    ILogger logger
)
{
    // Pages written in one transaction, with room for those that split.
    private const int PagesAtATime = 40;

    /// <inheritdoc cref="IAccountShards.RecomputeAsync"/>
    public async Task<IReadOnlyList<AccountState>> RecomputeAsync(
        IReadOnlyList<AccountDocument> scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    )
    {
        var (settled, erased) = (new AccountState?[scanned.Count], await suppression.CurrentAsync(cancellationToken));
        var changes = new List<(int Index, AccountChange Change)>();
        for (var i = 0; i < scanned.Count; i++)
            if (IsOvertaken(run, scanned[i]))
                settled[i] = scanned[i].State;
            else if (IsOfOneRow(scanned[i]))
                changes.Add((i, AccountRow.Change(scanned[i], Renewed(scanned[i], votes.AtHand, erased, run), store.Keys, StampOf(run))));
        foreach (var group in GroupsOf(changes))
            await SaveAsync(group, settled, cancellationToken);
        // Large ones, and those that somebody else wrote meanwhile.
        for (var i = 0; i < settled.Length; i++)
            settled[i] ??= await RecomputeAsync(scanned[i], votes, run, cancellationToken);
        return settled!;
    }

    private static AccountState Renewed(AccountDocument scanned, IVotes votes, ErasedAccounts erased, PublicationRun run) =>
        WithoutNames(AccountRecompute.Recompute(scanned.State, votes, run.SettleAt), erased);

    private static AccountState WithoutNames(AccountState state, ErasedAccounts erased) =>
        erased.IsEmpty ? state : state.WithoutNames(erased.HasActor);

    private static bool IsOfOneRow(AccountDocument scanned) =>
        scanned.InRows.Count == 0 && StatePacking.PagesOf(scanned.State).All(p => p.Value.IsLoaded);

    private static IEnumerable<List<(int Index, AccountChange Change)>> GroupsOf(List<(int Index, AccountChange Change)> changes)
    {
        foreach (var partition in changes.Where(c => c.Change.Actions.Count == 1).GroupBy(c => c.Change.Actions[0].Entity.PartitionKey))
        {
            var (group, bytes) = (new List<(int, AccountChange)>(), 0);
            foreach (var change in partition)
            {
                if (group.Count == AccountStore.MaxRows || bytes + change.Change.Bytes > AccountStore.MaxTransactionBytes)
                {
                    yield return group;
                    (group, bytes) = ([], 0);
                }

                group.Add(change);
                bytes += change.Change.Bytes;
            }

            yield return group;
        }
    }

    // Without the one that was refused the others go on; what is left after that is settled one by one.
    private async Task SaveAsync(
        List<(int Index, AccountChange Change)> group,
        AccountState?[] settled,
        CancellationToken cancellationToken
    )
    {
        while (group.Count > 0)
        {
            var outcome = await writer.SaveAsync([.. group.Select(c => c.Change)], cancellationToken);
            if (outcome.Outcome == SaveOutcome.Saved)
            {
                foreach (var (index, change) in group)
                    settled[index] = change.After.State;
                return;
            }

            if (outcome.Refused is not { } refused)
                return;
            group.RemoveAt(refused);
        }
    }

    private async Task<AccountState> RecomputeAsync(
        AccountDocument scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // As the scan read it; once somebody wrote meanwhile, as it is. Pages in rows of their own are read anew: the scan reads them
            // before the state, so that they can be older than the ETag that would let them be written over newer ones.
            var settled = await concurrency.TryRunAsync(
                async attempt =>
                    await TryRecomputeAsync(
                        scanned.State,
                        attempt == 1 && IsOfOneRow(scanned) ? scanned : null,
                        votes,
                        run,
                        cancellationToken
                    )
                        is { } state
                        ? Attempt.Done(state)
                        : Attempt.Conflict<AccountState>(),
                cancellationToken
            );
            if (!settled.IsConflict)
                return settled.Value;
        }
        catch (Exception e) when (e is AccountTooLargeException or PageException)
        {
            // Left as it is, too.
        }

        // Rather than hold up everybody's boards.
        LeftAsItIs(logger, store.Keys.Hasher.ShardOf(scanned.State.Account));
        return scanned.State;
    }

    private async Task<AccountState?> TryRecomputeAsync(
        AccountState measured,
        AccountDocument? scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    )
    {
        var (at, account) = (run.SettleAt, measured.Account);
        try
        {
            var before = scanned is null
                ? await store.LoadAsync(account, AtOnce, cancellationToken)
                : await store.CompleteAsync(scanned, AtOnce, cancellationToken);
            if (IsOvertaken(run, before))
                return before.State;
            var ties = TiePages(before.State).Count();
            if (ties > PagesAtATime)
            {
                for (ulong? from = 0; from is not null; )
                    if (await RenewAsync(account, from.Value, votes, run, cancellationToken) is (true, var next))
                        from = next;
                    else
                        return null;
                before = await store.LoadAsync(account, Needs, cancellationToken);
                if (IsOvertaken(run, before))
                    return before.State;
            }

            if (before.ETag is null)
                return before.State;
            var fresh = await votes.ForAsync(before.State, cancellationToken);
            var after = WithoutNames(
                AccountRecompute.Recompute(before.State, fresh, at).WithMeasuresOf(measured),
                await suppression.CurrentAsync(cancellationToken)
            );
            var gone = Pages(before.State, PageKind.Ledger).Except(Pages(after, PageKind.Ledger)).Count();
            // More days than a transaction holds are forgotten first; then nobody asks for their rows any more, which go one by one.
            var isMuch = gone > PagesAtATime && before.InRows.Contains(PageKind.Ledger);
            if (isMuch)
                before = before with { State = AccountRecompute.ForgetDays(before.State, at) };
            if (!await SaveAsync(before, after, StampOf(run), cancellationToken))
                return null;
            if (isMuch)
                await store.SweepLedgerAsync(account, AccountRecompute.FirstDayKept(after, at), cancellationToken);
            return after;
        }
        catch (PageMismatchException)
        {
            return null;
        }
    }

    // A large account part by part: each transaction leaves a state that is right for the votes its ties have. Parts go by key, since pages
    // that empty leave and others split.
    private async Task<(bool IsSaved, ulong? Next)> RenewAsync(
        AccountId account,
        ulong from,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    )
    {
        var before = await store.LoadAsync(account, s => Rest(s).Take(PagesAtATime), cancellationToken);
        if (IsOvertaken(run, before))
            return (true, null);
        ulong? next = Rest(before.State).Skip(PagesAtATime).Select(p => (ulong?)p.Start).FirstOrDefault();
        var fresh = await votes.ForAsync(before.State, cancellationToken);
        var after = AccountRecompute.RecomputeLoaded(before.State, fresh, run.SettleAt);
        return (ReferenceEquals(after, before.State) || await SaveAsync(before, after, StampOf(run), cancellationToken), next);

        IEnumerable<PageName> Rest(AccountState state) => TiePages(state).Where(p => p.Start >= from);
    }

    private async Task<bool> SaveAsync(
        AccountDocument before,
        AccountState after,
        SettlementStamp stamp,
        CancellationToken cancellationToken
    ) =>
        (await writer.SaveAsync([AccountRow.Change(before, after, store.Keys, stamp)], cancellationToken)).Outcome switch
        {
            SaveOutcome.Saved => true,
            SaveOutcome.TooLarge => throw new AccountTooLargeException(),
            _ => false,
        };

    private static SettlementStamp StampOf(PublicationRun run) => new(run.Id, run.RequestedAt);

    // Whether a settlement that was requested later has written it.
    private static bool IsOvertaken(PublicationRun run, AccountDocument account) =>
        account.Settlement is { } other && other.Publication != run.Id && !run.IsLaterThan(other.RequestedAt, other.Publication);

    private static IEnumerable<PageName> AtOnce(AccountState state) => TiePages(state).Count() > PagesAtATime ? [] : Needs(state);

    private static IEnumerable<PageName> Needs(AccountState state) =>
        StatePacking.PagesOf(state).Select(p => p.Key).Where(n => n.Kind != PageKind.Ledger);

    public static IEnumerable<PageName> TiePages(AccountState state) => Pages(state, PageKind.Ties);

    private static IEnumerable<PageName> Pages(AccountState state, PageKind kind) =>
        StatePacking.PagesOf(state).Select(p => p.Key).Where(n => n.Kind == kind);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An account of shard {Shard} could not be settled: others kept writing to it, or a row of it is damaged. "
            + "It stays as it is."
    )]
    private static partial void LeftAsItIs(ILogger logger, byte shard);
}
