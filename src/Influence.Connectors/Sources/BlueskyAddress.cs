namespace Influence.Connectors.Sources;

/// <summary>DIDs and <c>at://did/collection/rkey</c>.</summary>
internal static class BlueskyAddress
{
    private const string Scheme = "at://";
    private static readonly System.Buffers.SearchValues<char> DidCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:%_-"
    );

    public static AccountId? Account(string? did) =>
        did is not null
        && did.StartsWith("did:", StringComparison.Ordinal)
        && !did.AsSpan().ContainsAnyExcept(DidCharacters)
        && AccountId.TryParse($"bluesky:{did}", out var id)
            ? id
            : null;

    /// <summary>Whose repository an address is in; null when it is given by a handle, since those change owners.</summary>
    public static AccountId? AccountIn(string? uri) =>
        uri is not null && uri.StartsWith(Scheme, StringComparison.Ordinal) ? Account(uri[Scheme.Length..].Split('/', 2)[0]) : null;

    public static string Of(AccountId account, string collection, string rkey) =>
        $"{Scheme}{account.Value["bluesky:".Length..]}/{collection}/{rkey}";

    public static bool IsIn(string? uri, string collection) =>
        uri is not null
        && uri.StartsWith(Scheme, StringComparison.Ordinal)
        && uri[Scheme.Length..].Split('/', 4) is [_, var name, _]
        && name == collection;
}
