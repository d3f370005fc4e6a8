using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>Body of <c>POST /verifications</c>: which accounts to compare with their ledgers.</summary>
/// <param name="Accounts">Accounts by id, at most <see cref="MaxAccounts"/>.</param>
/// <param name="Sample">How many more, chosen by chance: 0 to <see cref="MaxSample"/>.</param>
/// <param name="Seed">The sample's random seed: the same one over the same accounts chooses the same ones; 1 when absent.</param>
/// <param name="Repair">Whether drifted accounts are written anew; without it nothing is written.</param>
public sealed record VerificationRequest(IReadOnlyList<string?>? Accounts = null, int? Sample = null, int? Seed = null, bool? Repair = null)
{
    /// <summary>Most accounts by id.</summary>
    public const int MaxAccounts = 100;

    /// <summary>Largest sample.</summary>
    public const int MaxSample = 1000;
}

/// <summary>Answer of <c>POST /verifications</c>.</summary>
/// <param name="Checked">How many accounts were compared with their ledgers.</param>
/// <param name="Drifted">What differs, by account; at most <see cref="MaxDrifts"/> of one account, the largest first.</param>
/// <param name="DriftedAccounts">How many accounts drifted.</param>
/// <param name="Repaired">How many of them were written anew.</param>
/// <param name="Unknown">Accounts asked for of which nothing is stored.</param>
/// <param name="Failed">Accounts that could not be checked, or not repaired.</param>
/// <param name="Older">Accounts that hold something from before their ledger: no drift, but it can no longer be checked.</param>
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
    /// <summary>Most drifts listed for one account.</summary>
    public const int MaxDrifts = 20;

    /// <summary>Whether no account drifted and every one could be checked.</summary>
    [JsonIgnore]
    public bool IsClean => DriftedAccounts == 0 && Failed.Count == 0;
}

/// <summary>A figure that differs from what the ledger says.</summary>
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
public sealed record VerifyFailure(string Id, string Code, string Message);

/// <summary>What an account holds from before its ledger.</summary>
/// <param name="Id">The account.</param>
/// <param name="Ties">Ties with points from then.</param>
/// <param name="Interactions">Interactions from then.</param>
/// <param name="Counted">Points of counters from then, faded.</param>
public sealed record VerifyOlder(string Id, int Ties, long Interactions, double Counted);
