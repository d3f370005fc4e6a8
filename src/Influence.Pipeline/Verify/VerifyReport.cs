namespace Influence.Pipeline;

/// <summary>What a verification found.</summary>
/// <param name="Checked">How many accounts were held against their ledgers.</param>
/// <param name="Drifted">What differs, by account; at most <see cref="MaxDrifts"/> of one account, the dearest first.</param>
/// <param name="DriftedAccounts">How many accounts drifted.</param>
/// <param name="Repaired">How many of them were written anew.</param>
/// <param name="Unknown">Accounts asked for of which nothing is stored.</param>
/// <param name="Failed">Accounts that could not be checked, or not repaired.</param>
/// <param name="Older">Accounts that hold something from before their ledger: no drift, but no longer to be checked.</param>
public sealed record VerifyReport(
    int Checked,
    IReadOnlyList<VerifyDrift> Drifted,
    int DriftedAccounts,
    int Repaired,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<VerifyFailure> Failed,
    IReadOnlyList<VerifyOlder> Older)
{
    /// <summary>Most drifts told of one account.</summary>
    public const int MaxDrifts = 20;
}
