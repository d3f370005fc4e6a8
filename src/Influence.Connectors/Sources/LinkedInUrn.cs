namespace Influence.Connectors.Sources;

/// <summary>LinkedIn's names for things.</summary>
/// <remarks>
/// <c>urn:li:person:abc</c>, <c>urn:li:comment:(urn:li:activity:1,2)</c>, <c>urn:li:like:(urn:li:person:abc,urn:li:share:1)</c>.
/// </remarks>
internal static class LinkedInUrn
{
    private const string Prefix = "urn:li:";
    private static readonly System.Buffers.SearchValues<char> IdCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    /// <summary><c>linkedin:urn:li:person:abc</c> or the like; null for everything else, which is nobody.</summary>
    public static AccountId? Account(string? urn)
    {
        if (
            urn is null
            || !urn.StartsWith(Prefix, StringComparison.Ordinal)
            || urn[Prefix.Length..].Split(':', 3) is not [var kind, var id]
        )
            return null;
        // Older events call organisations companies, and members by number.
        kind = kind is "company" or "organizationBrand" ? "organization" : kind;
        return
            kind is "person" or "member" or "organization"
            && id.Length > 0
            && !id.AsSpan().ContainsAnyExcept(IdCharacters)
            && AccountId.TryParse($"linkedin:{Prefix}{kind}:{id}", out var account)
            ? account
            : null;
    }

    /// <summary>Who liked, from the name of the like.</summary>
    public static AccountId? Liker(string? urn)
    {
        var parts = urn?.Split('(', 2);
        return parts is ["urn:li:like:" or "urn:li:reaction:", var inside] ? Account(inside.Split(',', 2)[0]) : null;
    }

    /// <summary>The number of a comment or share.</summary>
    /// <remarks>The same whether what it is on is written with or without <c>urn:li:</c>, since events do both.</remarks>
    public static string? Number(string? urn)
    {
        var number = urn?.TrimEnd(')');
        number = number?[(number.LastIndexOfAny([',', ':']) + 1)..];
        return number is { Length: > 0 and <= 64 } && !number.AsSpan().ContainsAnyExcept(IdCharacters) ? number : null;
    }
}
