namespace Influence.Pipeline.Operations;

/// <summary>Verifies one account, and repairs it when told to.</summary>
internal sealed class VerifyAccount(AccountStore store, TimeProvider clock, bool repair)
{
    private const int Attempts = 5;

    public async Task<AccountVerdict> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(Random.Shared.Next(20, 100 << attempt), cancellationToken);
            if (await TryAsync(account, attempt == Attempts, cancellationToken) is { } verdict)
                return verdict;
        }

        return new AccountVerdict(account.Value, Failure: VerifyFailure.Busy(account.Value));
    }

    // Null: somebody wrote meanwhile, look again. A page that does not fit every time is one that is missing.
    private async Task<AccountVerdict?> TryAsync(AccountId account, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            var document = await store.LoadWholeAsync(account, cancellationToken);
            if (document.ETag is null)
                return new AccountVerdict(account.Value);
            var found = AccountVerify.Verify(document.State, clock.GetUtcNow().ToUnixTimeSeconds());
            if (found.Drifts.IsEmpty)
                return new AccountVerdict(account.Value, found);
            // Rows of two moments put together look like drift.
            if (!await store.IsCurrentAsync(document, cancellationToken))
                return null;
            return repair ? await RepairAsync(document, found, cancellationToken) : new AccountVerdict(account.Value, found);
        }
        catch (PageMismatchException) when (!isLast)
        {
            return null;
        }
        catch (PageException e)
        {
            return new AccountVerdict(account.Value, Failure: VerifyFailure.Unreadable(account.Value, e.Message));
        }
    }

    private async Task<AccountVerdict?> RepairAsync(AccountDocument document, Verification found, CancellationToken cancellationToken)
    {
        var id = document.State.Account.Value;
        return await store.SaveAsync(document, found.State, cancellationToken) switch
        {
            SaveOutcome.Saved => new AccountVerdict(id, found, IsRepaired: true),
            SaveOutcome.TooLarge => new AccountVerdict(id, found, Failure: VerifyFailure.TooLarge(id)),
            _ => null,
        };
    }
}
