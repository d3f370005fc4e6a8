namespace Influence.Contracts;

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
    IReadOnlyList<VerifyOlder> Older
)
{
    /// <summary>Most drifts told of one account.</summary>
    public const int MaxDrifts = 20;
}

/// <summary>A figure that is not what the ledger says.</summary>
/// <param name="Id">The account.</param>
/// <param name="What">The figure.</param>
/// <param name="Stored">As stored.</param>
/// <param name="Recomputed">As the ledger says.</param>
/// <param name="Points">What putting it right adds to the score.</param>
public sealed record VerifyDrift(string Id, string What, double Stored, double Recomputed, double Points);

/// <summary>An account that could not be checked or repaired.</summary>
/// <param name="Id">The account.</param>
/// <param name="Code"><c>unreadable</c>, <c>busy</c> or <c>too_large</c>.</param>
/// <param name="Message">Why, in a sentence.</param>
public sealed record VerifyFailure(string Id, string Code, string Message)
{
    /// <summary>A row of it is damaged.</summary>
    public static VerifyFailure Unreadable(string id, string why) => new(id, "unreadable", why);

    /// <summary>Others kept writing to it.</summary>
    public static VerifyFailure Busy(string id) => new(id, "busy", "Others kept writing to it; verify it again.");

    /// <summary>Its repair does not fit a transaction.</summary>
    public static VerifyFailure TooLarge(string id) =>
        new(id, "too_large", "Its repair touches more rows than one transaction takes; nothing of it was written.");
}

/// <summary>What an account holds from before its ledger.</summary>
/// <param name="Id">The account.</param>
/// <param name="Ties">Ties with points from then.</param>
/// <param name="Interactions">Interactions from then.</param>
/// <param name="Counted">Points of counters from then, faded.</param>
public sealed record VerifyOlder(string Id, int Ties, long Interactions, double Counted);
