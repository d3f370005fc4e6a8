namespace Influence.Pipeline.Profiles;

/// <summary>What an operator says of a profile.</summary>
/// <param name="Accounts">Its accounts, 1–20, each once; null for those it has.</param>
/// <param name="Name">The display name; null for what facts say.</param>
/// <param name="Url">A web page.</param>
/// <param name="Avatar">The address of a picture.</param>
/// <param name="Badge">Whether there is a badge of it; null for as before, at first yes.</param>
public sealed record ProfileChange(
    IReadOnlyList<AccountId>? Accounts,
    string? Name = null,
    string? Url = null,
    string? Avatar = null,
    bool? Badge = null
);

/// <summary>How a change of a profile fared.</summary>
public enum ProfileOutcome
{
    /// <summary>It is as asked for, or would be.</summary>
    Done,

    /// <summary>There is no such profile.</summary>
    UnknownProfile,

    /// <summary>Nothing is known of an account.</summary>
    UnknownAccount,

    /// <summary>An account was erased.</summary>
    Erased,

    /// <summary>An account is one of another profile.</summary>
    LinkedElsewhere,
}

/// <summary>The answer to a change of a profile.</summary>
/// <param name="Outcome">How it fared.</param>
/// <param name="Profile">The profile; null where nothing was done.</param>
/// <param name="Account">The account that it failed for.</param>
/// <param name="Other">The profile that has that account.</param>
public sealed record ProfileResult(
    ProfileOutcome Outcome,
    LinkedProfile? Profile = null,
    AccountId? Account = null,
    AccountId? Other = null
);
