using System.Buffers;
using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Ids of the fediverse, which are web addresses, and the accounts they name.</summary>
internal static class FediverseAddress
{
    private const int MaxAddress = 2048;
    private const string Network = "fediverse:";
    private const string Scheme = "https://";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The id of a thing given as a string, an embedded object or link, or an array (the first counts).</summary>
    public static string? Id(JsonElement thing) =>
        thing.Each().Take(1).Select(t => t.Text() ?? t.Text("id") ?? t.Text("href")).FirstOrDefault();

    /// <summary><c>fediverse:name@host</c> for an address of a usual shape, else <c>fediverse:</c> and the address.</summary>
    /// <remarks>Null when it is no web address.</remarks>
    public static AccountId? Account(string? address)
    {
        if (Read(address) is not var (uri, host))
            return null;
        var path = uri.AbsolutePath is "/" && uri.Query.Length > 0 ? "/" : uri.AbsolutePath.TrimEnd('/');
        var name = path.Trim('/').Split('/') switch
        {
            ["users", var n] when IsOpaque(n) => null,
            ["users" or "u" or "profile" or "accounts" or "author", var n] when uri.Query.Length == 0 => n,
            [['@', .. var n]] when uri.Query.Length == 0 => n,
            _ => null,
        };
        name = name?.ToLowerInvariant();
        var isName = name is { Length: > 0 and <= 100 } && !name.AsSpan().ContainsAnyExcept(NameCharacters);
        var id = isName ? $"{name}@{host}" : $"{Scheme}{host}{path}{uri.Query}{uri.Fragment}";
        return AccountId.TryParse(Network + id, out var account) ? account : null;
    }

    /// <summary>The account of <c>@name@host</c>.</summary>
    public static AccountId? Named(string? name)
    {
        var parts = name?.TrimStart('@').Split('@');
        return parts is [{ Length: > 0 } user, { Length: > 0 } host] ? Account($"{Scheme}{host}/@{user}") : null;
    }

    /// <summary>Whose post it is: who its object says wrote it, else whose folder its address is in. Null where neither tells.</summary>
    public static AccountId? Author(JsonElement post)
    {
        var first = post.Each().FirstOrDefault();
        var author = Id(first.Get("attributedTo")) ?? Id(first.Get("actor"));
        return author is null ? Owner(Id(first)) : Account(author);
    }

    /// <summary>Where an account lives, its community.</summary>
    public static string? Host(AccountId? account)
    {
        var id = account?.Value[Network.Length..];
        return id is null ? null
            : id.StartsWith(Scheme, StringComparison.Ordinal) ? id[Scheme.Length..].Split('/', 2)[0]
            : id[(id.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Whether two ids are addresses of one server.</summary>
    public static bool IsSameHost(string? one, string? other) =>
        Read(one) is var (_, host) && Read(other) is var (_, otherHost) && host == otherHost;

    // https://host/users/mira/statuses/1 (Mastodon, GoToSocial, Pleroma), /ap/users/12/statuses/1 (newer Mastodon), /ap/users/12/post/1
    // (Threads), /@mira/1 (pages), /p/mira/1 (Pixelfed).
    private static AccountId? Owner(string? address) =>
        Read(address) is not var (uri, _)
            ? null
            : uri.AbsolutePath.Trim('/').Split('/') switch
            {
                ["ap", "users", var id, "statuses" or "post", _] => Account($"{Scheme}{uri.Authority}/ap/users/{id}"),
                ["users", var name, _, _, ..] => Account($"{Scheme}{uri.Authority}/users/{name}"),
                ["p", var name, _] => Account($"{Scheme}{uri.Authority}/users/{name}"),
                [['@', .. var name], _, ..] => Account($"{Scheme}{uri.Authority}/@{name}"),
                _ => null,
            };

    // Misskey's addresses hold no name but an id, in which time counts up in letters and digits (aid, aidx), or one of 24 or 26 characters.
    private static bool IsOpaque(string name) =>
        name.Length switch
        {
            10 or 16 => name[0] is >= '7' and <= 'b' && !name.AsSpan().ContainsAnyExcept(NameCharacters) && HasDigitBeforeLetter(name),
            24 => name.All(char.IsAsciiHexDigitLower) && name.Any(char.IsAsciiDigit),
            26 => name.StartsWith("01", StringComparison.Ordinal) && name.All(char.IsAsciiLetterOrDigit),
            _ => false,
        };

    // Names that begin with a letter mostly end in digits, if they have any.
    private static bool HasDigitBeforeLetter(string name)
    {
        var digit = name.AsSpan().IndexOfAnyInRange('0', '9');
        return digit >= 0 && name.AsSpan(digit).ContainsAnyInRange('a', 'z') && name.AsSpan().IndexOfAny("._-") < 0;
    }

    private static (Uri Address, string Host)? Read(string? address)
    {
        if (
            address is not { Length: <= MaxAddress }
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri.UserInfo.Length > 0
            || Hosts.Of(uri) is not { } host
            || host.AsSpan().ContainsAnyExcept(HostCharacters)
        )
            return null;
        return (uri, host == "www.threads.net" ? "threads.net" : host);
    }
}
