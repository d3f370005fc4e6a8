using System.Buffers;

namespace Influence.Scoring.Facts;

/// <summary>What the ids of one network look like.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Id">What an id is, for people.</param>
/// <param name="Form">The one form an id is brought to, for people.</param>
/// <param name="Example">An account.</param>
/// <param name="Bring">Brings an id to that form; null for what is none.</param>
public sealed record NetworkRule(string Network, string Id, string Form, string Example, Func<string, string?> Bring)
{
    /// <summary>The network under which its accounts are kept: its own, but for <c>mastodon</c>, which is the fediverse.</summary>
    public string StoredAs { get; init; } = Network;

    /// <summary>Whether there are accounts of it; none of what only names an address.</summary>
    public bool IsNetwork => Form != NetworkRules.Never;

    internal string? FormOf(string id) => Bring(id);

    internal string ProblemWith(string id) =>
        NetworkAddress.Meant($"{Network}:{id}") is { } meant ? $"It is an address. Send '{meant}' instead."
        : Form == NetworkRules.Never ? $"'{Network}' is no network: an address is not an account. An account is such as '{Example}'."
        : $"An account of '{Network}' is {Id} ({Form}), such as '{Example}'.";
}

/// <summary>The networks whose ids have rules of their own, one line each.</summary>
/// <remarks>
/// docs/networks.md shows the same table. One person must not become eight rows, nor one voter five votes. Every form is its own form:
/// bringing it again changes nothing.
/// </remarks>
public static class NetworkRules
{
    private const string Lower = "lower case, no leading '@', a-z 0-9 - _ .";
    private const string NumberOrHandle = "the number where the tool tells it, else a handle";
    private const string DigitsOrHandle = "digits, or lower case without '@', a-z 0-9 - _ .";
    internal const string Never = "never";

    private const string NoNetwork = "no network: an address is not an account";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<NetworkRule> All { get; } =
    [
        new("github", "a login; 'host/login' on a server of one's own", Lower, "github:octocat", id => OnHost(id, Login, "github.com")),
        new("gitlab", "a login; 'host/login' on a server of one's own", Lower, "gitlab:ada", id => OnHost(id, Login, "gitlab.com")),
        new("gitea", "'host/login'", Lower, "gitea:codeberg.org/ada", id => OnHost(id, Login, home: null)),
        new("fediverse", FediverseId.What, FediverseId.Form, "fediverse:mira@mastodon.example", FediverseId.Bring),
        new("mastodon", FediverseId.What, FediverseId.Form, "mastodon:mira@mastodon.example", FediverseId.Bring) { StoredAs = "fediverse" },
        new("bluesky", "'did:…', else a handle", "as sent; a handle in lower case without '@'", "bluesky:did:plc:abc", Did),
        new("x", NumberOrHandle, DigitsOrHandle, "x:12", Handle),
        new("facebook", NumberOrHandle, DigitsOrHandle, "facebook:12", Handle),
        new("instagram", NumberOrHandle, DigitsOrHandle, "instagram:12", Handle),
        new("threads", NumberOrHandle, DigitsOrHandle, "threads:12", Handle),
        new("telegram", NumberOrHandle, DigitsOrHandle, "telegram:12", Handle),
        new("twitch", NumberOrHandle, DigitsOrHandle, "twitch:12", Handle),
        new("farcaster", NumberOrHandle, DigitsOrHandle, "farcaster:12", Handle),
        new("discourse", "'host/username'", "lower case", "discourse:forum.example.org/mira", id => OnHost(id, Name, home: null)),
        new("slack", "'team/user'", "upper case", "slack:T012AB/U034CD", Slack),
        new("linkedin", "a URN", "as sent", "linkedin:urn:li:person:abc", AsSent),
        new("youtube", "a channel's id", "as sent", "youtube:UC12ab", AsSent),
        new("reddit", "a name", "lower case without 'u/'", "reddit:mira", Reddit),
        new("discord", "a number", "digits", "discord:12", Digits),
        .. new[] { "http", "https", "mailto", "urn", "acct" }.Select(n => new NetworkRule(
            n,
            NoNetwork,
            Never,
            "github:octocat",
            _ => null
        )),
    ];

    private static readonly Dictionary<string, NetworkRule> ByName = All.ToDictionary(r => r.Network, StringComparer.Ordinal);

    /// <summary>The rule of a network; null where ids stand as they are sent, case and all.</summary>
    public static NetworkRule? Find(string network) => ByName.GetValueOrDefault(network);

    // Without a host it is the network's own server, which is not named.
    private static string? OnHost(string id, Func<string, string?> name, string? home)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return home is null ? null : name(id);
        if (HostName.Bring(id[..slash]) is not { } host || name(id[(slash + 1)..]) is not { } formed)
            return null;
        return host == home || host == $"www.{home}" ? formed : $"{host}/{formed}";
    }

    private static string? Login(string id)
    {
        // A bot's login, such as dependabot[bot], is one of GitHub's: it is known by it as no person.
        var login = WithoutAt(id).ToLowerInvariant();
        var name = login.EndsWith("[bot]", StringComparison.Ordinal) ? login[..^"[bot]".Length] : login;
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(LoginCharacters) ? login : null;
    }

    private static string? Name(string id)
    {
        var name = PlainText.Compose(WithoutAt(id).ToLowerInvariant());
        return name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal)
            ? name
            : null;
    }

    private static string? Did(string id) => id.StartsWith("did:", StringComparison.Ordinal) ? id : Handle(id);

    private static string? Handle(string id)
    {
        var handle = WithoutAt(id).ToLowerInvariant();
        return handle.Length > 0 && !handle.AsSpan().ContainsAnyExcept(LoginCharacters) ? handle : null;
    }

    private static string? Slack(string id) => id.Split('/') is [{ Length: > 0 }, { Length: > 0 }] ? id.ToUpperInvariant() : null;

    private static string? AsSent(string id) => NetworkAddress.IsAddress(id) ? null : id;

    private static string? Reddit(string id)
    {
        var name = WithoutAt(id).ToLowerInvariant().TrimStart('/');
        name = name.StartsWith("u/", StringComparison.Ordinal) ? name[2..] : name;
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(LoginCharacters) ? name : null;
    }

    private static string? Digits(string id) => id.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : id;

    private static string WithoutAt(string id) => id.StartsWith('@') ? id[1..] : id;

    private static readonly SearchValues<char> LoginCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
}
