namespace Influence.Scoring.Facts;

/// <summary>Ids of the fediverse: <c>user@host</c>, or an actor's address where it names no user.</summary>
public static class FediverseId
{
    internal const string What = "'user@host'; an actor's address where it names no user";

    internal const string Form =
        "lower case, the host in ASCII (IDNA), no leading '@', no port 443, no last slash, www.threads.net = threads.net";

    private const string Https = "https://";

    /// <summary>The one form of an id; null for what is none.</summary>
    public static string? Bring(string id) =>
        NetworkAddress.IsAddress(id) ? OfAddress(id)
        : id.TrimStart('@').Split('@') is [{ Length: > 0 } user, var host] && HostOf(host) is { } formed && NameOf(user) is { } name
            ? $"{name}@{formed}"
        : null;

    private static string? OfAddress(string address)
    {
        var rest = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var (authority, path) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        if (authority.Contains('@', StringComparison.Ordinal) || HostOf(authority) is not { } host)
            return null;
        path = path.TrimEnd('/');
        return UserIn(path) is { } user ? $"{user}@{host}" : $"{Https}{host}{path}";
    }

    // The usual shapes of an actor's address that say who it is.
    private static string? UserIn(string path) =>
        path.AsSpan().IndexOfAny('?', '#') >= 0
            ? null
            : path.Trim('/').Split('/') switch
            {
                ["users" or "u" or "profile" or "accounts" or "author", var name] => NameOf(name),
                [['@', .. var name]] => NameOf(name),
                _ => null,
            };

    private static string? HostOf(string authority) =>
        HostName.Bring(authority) switch
        {
            "www.threads.net" => "threads.net",
            var host => host,
        };

    private static string? NameOf(string user)
    {
        var name = user.ToLowerInvariant();
        return name.Length is > 0 and <= 100 && !name.AsSpan().ContainsAnyExcept(Characters) ? name : null;
    }

    private static readonly System.Buffers.SearchValues<char> Characters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789._-"
    );
}
