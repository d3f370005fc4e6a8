namespace Influence.Contracts;

/// <summary>Several score cards at once.</summary>
/// <param name="Profiles">The cards, in the order of the ids that were asked for.</param>
/// <param name="Unknown">The ids of which nothing is known.</param>
public sealed record ScoreCards(IReadOnlyList<ScoreCard> Profiles, IReadOnlyList<string> Unknown);

/// <summary>A profile: one person or organisation with its accounts.</summary>
/// <param name="Id">The first account, which names it.</param>
/// <param name="Accounts">Its accounts, 1–20.</param>
/// <param name="Name">The display name.</param>
/// <param name="Url">A web page.</param>
/// <param name="Avatar">The address of a picture.</param>
/// <param name="Score">S over all accounts.</param>
/// <param name="Influence">V over all accounts, without the ties among them.</param>
/// <param name="Inner">What the ties among its own accounts add up to: it counts for nothing while they are linked.</param>
/// <param name="Before">The profiles that the accounts were before.</param>
/// <param name="Preview">True where nothing was changed: this is what would be.</param>
public sealed record LinkedProfile(
    string Id,
    IReadOnlyList<string> Accounts,
    string? Name,
    string? Url,
    string? Avatar,
    double Score,
    double Influence,
    double Inner,
    IReadOnlyList<ProfileBefore> Before,
    bool? Preview = null
)
{
    /// <summary>False where it has no badge, by its own wish; absent otherwise.</summary>
    public bool? Badge { get; init; }
}

/// <summary>A profile as it was before accounts were linked or unlinked.</summary>
/// <param name="Id">The profile.</param>
/// <param name="Score">Its score.</param>
/// <param name="Influence">Its influence.</param>
public sealed record ProfileBefore(string Id, double Score, double Influence);

/// <summary>The body that makes or changes a profile.</summary>
/// <param name="Accounts">Its accounts, 1–20; absent for those it has.</param>
/// <param name="Name">The display name, at most 100 characters; absent for what facts say.</param>
/// <param name="Url">A web page, https.</param>
/// <param name="Avatar">The address of a picture, https.</param>
/// <param name="Reason">Why, for the audit; at most 500 characters.</param>
/// <param name="Badge">Whether there is a badge of it; absent for as before, at first true.</param>
public sealed record ProfileRequest(
    IReadOnlyList<string>? Accounts,
    string? Name,
    string? Url,
    string? Avatar,
    string? Reason,
    bool? Badge = null
);

/// <summary>Whether an account counts as a person.</summary>
/// <param name="Id">The account.</param>
/// <param name="Standing"><c>member</c>, <c>bot</c> or <c>excluded</c>.</param>
/// <param name="Before">What it was before.</param>
public sealed record AccountStanding(string Id, string Standing, string Before);

/// <summary>The body that sets an account's standing.</summary>
/// <param name="Standing"><c>member</c>, <c>bot</c> or <c>excluded</c>.</param>
/// <param name="Reason">Why, for the audit: 1–500 characters.</param>
public sealed record StandingRequest(string? Standing, string? Reason);

/// <summary>How an erasure stands: what its status monitor shows.</summary>
/// <param name="Id">Names it; made of a keyed hash of the account.</param>
/// <param name="Status"><c>running</c>, <c>erased</c> or <c>failed</c>.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Step">The step it is at.</param>
public sealed record Erasure(string Id, string Status, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, string? Step)
{
    /// <summary>Where its status can be read; filled in by the HTTP side.</summary>
    public string? StatusUrl { get; init; }
}

/// <summary>What operators did.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="NextLink">Where the next ones are; absent at the end.</param>
public sealed record AuditList(IReadOnlyList<AuditEntry> Entries, string? NextLink = null);

/// <summary>One operator's call.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The name that the settings give the key; <c>unnamed</c> for a key without one.</param>
/// <param name="Call">The function that was called.</param>
/// <param name="Account">The account it was about, as a keyed hash; absent for none.</param>
/// <param name="Why">The reason given; absent for none.</param>
/// <param name="What">What was asked for, without names; absent where the call says it.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string Call, string? Account, string? Why, string? What);
