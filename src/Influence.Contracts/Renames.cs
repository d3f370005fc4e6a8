namespace Influence.Contracts;

/// <summary>Accounts that may be one person's: an operator decides, since logins are reused.</summary>
/// <param name="Suggestions">The latest seen first, at most 100.</param>
/// <param name="Total">How many there are.</param>
public sealed record RenameSuggestionList(IReadOnlyList<RenameSuggestion> Suggestions, int Total);

/// <summary>What was seen of two accounts.</summary>
/// <param name="Id">Names the suggestion, 32 hex digits.</param>
/// <param name="From">The account before.</param>
/// <param name="To">The account since.</param>
/// <param name="Network">Where: the source that told it, with the host of a server of one's own.</param>
/// <param name="Why">
/// <c>renamed</c>: a login changed under an id that stays; <c>moved</c>: both accounts say so themselves.
/// </param>
/// <param name="SeenAt">When it was seen.</param>
/// <param name="FromHasScore">Whether anything is known of the account before.</param>
/// <param name="ToHasScore">Whether anything is known of the account since.</param>
public sealed record RenameSuggestion(
    string Id,
    string From,
    string To,
    string Network,
    string Why,
    DateTimeOffset SeenAt,
    bool FromHasScore,
    bool ToHasScore
);
