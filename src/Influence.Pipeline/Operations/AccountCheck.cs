namespace Influence.Pipeline.Operations;

/// <summary>Compares one account with its ledger, and repairs it when told to.</summary>
internal sealed class AccountCheck(
    AccountStore store,
    AccountWriter writer,
    OptimisticConcurrency concurrency,
    TimeProvider clock,
    bool repair
)
{
    // Rows of an account that is written meanwhile do not fit together either; one that never fits has lost a page.
    private const int MismatchAttempts = 5;

    /// <summary>Checks an account; looks again, with backoff, while others write to it.</summary>
    public async Task<AccountVerdict> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var last = await concurrency.TryRunAsync(number => TryAsync(account, number, cancellationToken), cancellationToken);
        return last.IsConflict ? Failed(account, "busy", "Others kept writing to it; verify it again.") : last.Value;
    }

    private async Task<Attempt<AccountVerdict>> TryAsync(AccountId account, int number, CancellationToken cancellationToken)
    {
        try
        {
            var document = await store.LoadWholeAsync(account, cancellationToken);
            if (document.ETag is null)
                return Attempt.Done(new AccountVerdict(account.Value));
            var found = AccountVerify.Verify(document.State, clock.GetUtcNow().ToUnixTimeSeconds());
            if (found.Drifts.IsEmpty)
                return Attempt.Done(new AccountVerdict(account.Value, found));
            // Rows of two moments put together look like drift.
            if (!await store.IsCurrentAsync(document, cancellationToken))
                return Attempt.Conflict<AccountVerdict>();
            return repair ? await RepairAsync(document, found, cancellationToken) : Attempt.Done(new AccountVerdict(account.Value, found));
        }
        catch (PageMismatchException) when (number < MismatchAttempts)
        {
            return Attempt.Conflict<AccountVerdict>();
        }
        catch (PageException e)
        {
            return Attempt.Done(Failed(account, "unreadable", e.Message));
        }
    }

    private async Task<Attempt<AccountVerdict>> RepairAsync(
        AccountDocument document,
        Verification found,
        CancellationToken cancellationToken
    )
    {
        var account = document.State.Account;
        var change = AccountRow.Change(document, found.State, store.Keys);
        return (await writer.SaveAsync([change], cancellationToken)).Outcome switch
        {
            SaveOutcome.Saved => Attempt.Done(new AccountVerdict(account.Value, found, IsRepaired: true)),
            SaveOutcome.TooLarge => Attempt.Done(
                Failed(account, "too_large", "Its repair touches more rows than one transaction takes; nothing of it was written.", found)
            ),
            _ => Attempt.Conflict<AccountVerdict>(),
        };
    }

    private static AccountVerdict Failed(AccountId account, string code, string message, Verification? found = null) =>
        new(account.Value, found, Failure: new VerifyFailure(account.Value, code, message));
}

/// <summary>What came of checking one account.</summary>
/// <param name="Id">The account.</param>
/// <param name="Verification">What was found; null for one that is unknown or could not be read.</param>
/// <param name="IsRepaired">Whether it was written anew.</param>
/// <param name="Failure">Why it could not be checked or repaired.</param>
internal sealed record AccountVerdict(string Id, Verification? Verification = null, bool IsRepaired = false, VerifyFailure? Failure = null)
{
    /// <summary>Whether nothing is stored of it.</summary>
    public bool IsUnknown => Verification is null && Failure is null;
}
