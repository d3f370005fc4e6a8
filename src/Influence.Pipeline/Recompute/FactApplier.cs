namespace Influence.Pipeline.Recompute;

/// <summary>Applies facts to one account under optimistic concurrency.</summary>
/// <remarks>Load, decide, write under the state row's ETag; a change too large for a transaction in halves.</remarks>
/// <param name="store">Where accounts are.</param>
/// <param name="concurrency">Starts over when another process wrote first.</param>
/// <param name="votes">The votes in force.</param>
/// <param name="origin">How the facts came in.</param>
internal sealed class FactApplier(AccountStore store, OptimisticConcurrency concurrency, IVotes votes, FactOrigin origin)
{
    // An undo that touches more days than a transaction holds begins with so many; each page of a day has at most 48 KiB.
    private const int UndoDays = 32;

    /// <summary>Applies facts that are about one account, in as many transactions as they need.</summary>
    /// <param name="account">The account.</param>
    /// <param name="facts">The facts, each about this account.</param>
    /// <param name="cancellationToken">Gives up between two attempts.</param>
    /// <exception cref="AccountTooLargeException">Not even one fact's change can be written.</exception>
    /// <exception cref="PageException">The account's rows are damaged.</exception>
    /// <exception cref="ContentionException">Others kept writing to the account first.</exception>
    public async Task<RecomputeResult> ApplyAsync(AccountId account, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        PageMismatchException? mismatch = null;
        var applied = await concurrency.TryRunAsync(
            async _ =>
            {
                try
                {
                    mismatch = null;
                    return await TryApplyAsync(account, facts, cancellationToken);
                }
                catch (PageMismatchException e)
                {
                    // Somebody wrote between two reads; if it is so every time, a page is missing.
                    mismatch = e;
                    return Attempt.Conflict<RecomputeResult>();
                }
            },
            cancellationToken
        );
        return applied.IsConflict ? throw mismatch ?? (Exception)new ContentionException("an account") : applied.Value;
    }

    private async Task<Attempt<RecomputeResult>> TryApplyAsync(
        AccountId account,
        IReadOnlyList<Fact> facts,
        CancellationToken cancellationToken
    )
    {
        var document = await LoadAsync(account, facts, cancellationToken);
        AppliedFacts applied;
        try
        {
            applied = AccountUpdate.Apply(document.State, facts, votes, origin.ReceivedAt, origin.IsImport);
        }
        catch (PageNotLoadedException) when (facts.Count > 1)
        {
            // A fact before it emptied a page, and its keys are another page's now: each half is loaded anew.
            return await HalvesAsync(account, facts, cancellationToken);
        }

        var result = RecomputeResult.Of(applied);
        if (ReferenceEquals(applied.State, document.State))
            return Attempt.Done(result);
        return (await store.SaveAsync(document, applied.State, cancellationToken)).Outcome switch
        {
            SaveOutcome.Saved => Attempt.Done(result),
            SaveOutcome.TooLarge => await HalvesAsync(account, facts, cancellationToken),
            _ => Attempt.Conflict<RecomputeResult>(),
        };
    }

    // In the order of their moments, so that each half touches few days.
    private async Task<Attempt<RecomputeResult>> HalvesAsync(
        AccountId account,
        IReadOnlyList<Fact> facts,
        CancellationToken cancellationToken
    )
    {
        if (facts is [Undo undo])
            return await WithdrawInPartsAsync(account, undo, UndoDays, cancellationToken);
        if (facts.Count == 1)
            throw new AccountTooLargeException();
        Fact[] ordered = [.. facts.OrderBy(f => f.At)];
        var half = ordered.Length / 2;
        var first = await TryApplyAsync(account, ordered[..half], cancellationToken);
        if (first.IsConflict)
            return first;
        var second = await TryApplyAsync(account, ordered[half..], cancellationToken);
        return second.IsConflict ? second : Attempt.Done(first.Value.And(second.Value with { Accounts = 0 }));
    }

    // The undo is remembered with the first part, so that nothing it takes back can come in between; every part may repeat.
    private async Task<Attempt<RecomputeResult>> WithdrawInPartsAsync(
        AccountId account,
        Undo undo,
        int days,
        CancellationToken cancellationToken
    )
    {
        for (var result = default(RecomputeResult); days > 0; )
        {
            var document = await LoadAsync(account, [undo], cancellationToken);
            var applied = AccountUpdate.Apply(document.State, [undo], votes, origin.ReceivedAt, undoDays: days);
            result ??= RecomputeResult.Of(applied);
            if (ReferenceEquals(applied.State, document.State))
                return Attempt.Done(result);
            switch ((await store.SaveAsync(document, applied.State, cancellationToken)).Outcome)
            {
                case SaveOutcome.Conflict:
                    return Attempt.Conflict<RecomputeResult>();
                case SaveOutcome.TooLarge:
                    days /= 2;
                    break;
            }
        }

        throw new AccountTooLargeException();
    }

    private Task<AccountDocument> LoadAsync(AccountId account, IReadOnlyList<Fact> facts, CancellationToken cancellationToken) =>
        store.LoadAsync(account, state => PageNeeds.Of(state, facts, origin.IsImport), cancellationToken);
}
