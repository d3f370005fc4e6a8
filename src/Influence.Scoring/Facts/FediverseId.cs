using System.Buffers;

namespace Influence.Scoring.Facts;

/// <summary>Ids of the fediverse: <c>user@host</c>, or an actor's address where it names no user.</summary>
public static class FediverseId
{
    internal const string What = "'user@host'; an actor's address where it names no user";

    internal const string Form =
        "lower case, the host in ASCII (IDNA), no leading '@', no port 443, no last slash, www.threads.net = threads.net";

    private const string Scheme = "https://";
    private const int MaxName = 100;

    /// <summary>The one form of an id; null for what is none.</summary>
    public static string? Bring(string id) =>
        NetworkAddress.IsAddress(id) ? OfAddress(id)
        : id.TrimStart('@').Split('@') is [{ Length: > 0 } user, var host] && HostOf(host) is { } formed && NameOf(user) is { } name
            ? $"{name}@{formed}"
        : null;

    /// <summary>A web address and the host that its people are of; null for what is none.</summary>
    public static (Uri Address, string Host)? Read(string? address) =>
        HostName.In(address) is var (uri, host) ? (uri, HostOf(host)!) : null;

    private static string? OfAddress(string address)
    {
        if (Read(address) is not var (uri, host))
            return null;
        var path = uri.AbsolutePath.TrimEnd('/');
        path = path.Length == 0 && uri.Query.Length > 0 ? "/" : path;
        return uri.Query.Length == 0 && UserIn(path) is { } user ? $"{user}@{host}" : $"{Scheme}{host}{path}{uri.Query}{uri.Fragment}";
    }

    // The usual shapes of an actor's address that say who it is.
    private static string? UserIn(string path) =>
        path.Trim('/').Split('/') switch
        {
            ["users", var id] when IsOpaque(id) => null,
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
        return name.Length is > 0 and <= MaxName && !name.AsSpan().ContainsAnyExcept(Characters) ? name : null;
    }

    // Misskey's addresses hold no name but an id, in which time counts up in letters and digits (aid, aidx), or one of 24 or 26 characters.
    private static bool IsOpaque(string name) =>
        name.Length switch
        {
            10 or 16 => name[0] is >= '7' and <= 'b' && !name.AsSpan().ContainsAnyExcept(Characters) && HasDigitBeforeLetter(name),
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

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
}
