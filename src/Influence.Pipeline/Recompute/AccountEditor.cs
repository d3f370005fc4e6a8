namespace Influence.Pipeline.Recompute;

/// <summary>Changes what an operator decides of one account, under optimistic concurrency. The facts stay as they are.</summary>
internal sealed class AccountEditor(AccountWriter writer, OptimisticConcurrency concurrency)
{
    /// <summary>Reads an account, decides what it becomes, writes it.</summary>
    /// <param name="account">The account; one without rows gets them.</param>
    /// <param name="needs">The pages that the decision needs.</param>
    /// <param name="decide">The account as it is to be; the very same object leaves it as it is. Pure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account as it was read last.</returns>
    /// <exception cref="ContentionException">Others wrote first every time.</exception>
    /// <exception cref="PageException">A row of it is damaged.</exception>
    public async Task<AccountState> EditAsync(
        AccountId account,
        Func<AccountState, IEnumerable<PageName>> needs,
        Func<AccountState, AccountState> decide,
        CancellationToken cancellationToken
    )
    {
        var store = await writer.StoreAsync(cancellationToken);
        return await concurrency.RunAsync(
            "an account",
            async _ =>
            {
                try
                {
                    var before = await store.LoadAsync(account, needs, cancellationToken);
                    var after = decide(before.State);
                    if (ReferenceEquals(after, before.State))
                        return Attempt.Done(before.State);
                    var change = AccountRow.Change(before, after, store.Keys, isOfFacts: false);
                    var outcome = await writer.SaveAsync([change], cancellationToken);
                    return outcome.Outcome switch
                    {
                        SaveOutcome.Saved => Attempt.Done(before.State),
                        SaveOutcome.TooLarge => throw new AccountTooLargeException(),
                        _ => Attempt.Conflict<AccountState>(),
                    };
                }
                catch (PageMismatchException)
                {
                    // Somebody wrote between two reads.
                    return Attempt.Conflict<AccountState>();
                }
            },
            cancellationToken
        );
    }
}
