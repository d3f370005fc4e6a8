namespace Influence.Pipeline.Operations;

/// <summary>What came of verifying one account.</summary>
/// <param name="Id">The account.</param>
/// <param name="Verification">What was found; null for one that is unknown or could not be read.</param>
/// <param name="IsRepaired">Whether it was written anew.</param>
/// <param name="Failure">Why it could not be checked or repaired.</param>
internal sealed record AccountVerdict(string Id, Verification? Verification = null, bool IsRepaired = false, VerifyFailure? Failure = null)
{
    /// <summary>Whether nothing is stored of it.</summary>
    public bool IsUnknown => Verification is null && Failure is null;
}
