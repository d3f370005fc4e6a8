namespace Influence.Scoring.Facts;

/// <summary>Web addresses that people paste where an account is meant.</summary>
internal static class NetworkAddress
{
    /// <summary>Whether a text is a web address.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The account that a pasted address is of; null where nobody can tell.</summary>
    /// <param name="text">A text of the form <c>scheme:rest</c> or <c>network:address</c>.</param>
    public static string? Meant(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (scheme, rest) = (text[..Math.Max(0, colon)], text[(colon + 1)..]);
        var candidate = scheme switch
        {
            "http" or "https" => OfPage(text),
            "acct" => $"fediverse:{rest}",
            "urn" => $"linkedin:{text}",
            "mailto" => null,
            _ when IsAddress(rest) => OfPage(rest),
            _ => null,
        };
        return candidate is not null && AccountId.TryParse(candidate, out var id) ? id.Value : null;
    }

    private static string? OfPage(string address)
    {
        var parts = address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('?', '#')[0].TrimEnd('/').Split('/');
        var host = parts[0].ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return (host, parts[1..]) switch
        {
            ("github.com", [var login]) => $"github:{login}",
            ("gitlab.com", [var login]) => $"gitlab:{login}",
            ("codeberg.org", [var login]) => $"gitea:codeberg.org/{login}",
            ("x.com" or "twitter.com" or "mobile.twitter.com", [var handle]) => $"x:{handle}",
            ("facebook.com", [var handle]) => $"facebook:{handle}",
            ("instagram.com", [var handle]) => $"instagram:{handle}",
            ("threads.net" or "threads.com", [['@', .. var handle]]) => $"threads:{handle}",
            ("t.me", [var handle]) => $"telegram:{handle}",
            ("twitch.tv", [var handle]) => $"twitch:{handle}",
            ("warpcast.com" or "farcaster.xyz", [var handle]) => $"farcaster:{handle}",
            ("bsky.app", ["profile", var handle]) => $"bluesky:{handle}",
            ("youtube.com", ["channel", var channel]) => $"youtube:{channel}",
            ("reddit.com" or "old.reddit.com", ["u" or "user", var name]) => $"reddit:{name}",
            ("discord.com" or "discordapp.com", ["users", var number]) => $"discord:{number}",
            (_, [['@', .. var user]]) => $"fediverse:{user}@{host}",
            (_, ["users", var user]) => $"fediverse:{user}@{host}",
            (_, ["u", var user]) => $"discourse:{host}/{user}",
            _ => null,
        };
    }
}
