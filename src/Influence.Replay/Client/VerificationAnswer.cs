namespace Influence.Replay.Client;

/// <summary>What a verification found.</summary>
/// <param name="Checked">How many accounts were checked.</param>
/// <param name="Drifted">What differs from the ledgers.</param>
/// <param name="DriftedAccounts">How many accounts drifted.</param>
/// <param name="Repaired">How many of them were written anew.</param>
/// <param name="Unknown">Accounts of which nothing is stored.</param>
/// <param name="Failed">Accounts that could not be checked or repaired.</param>
/// <param name="Older">Accounts that hold something from before their ledger.</param>
internal sealed record VerificationAnswer(
    int Checked,
    IReadOnlyList<DriftAnswer> Drifted,
    int DriftedAccounts,
    int Repaired,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<FailureAnswer> Failed,
    IReadOnlyList<OlderAnswer> Older
)
{
    /// <summary>Whether every account checked is what its ledger says, and every one could be checked.</summary>
    public bool IsClean => DriftedAccounts == 0 && Failed.Count == 0;
}
