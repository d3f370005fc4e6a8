using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Influence.Scoring.Facts;

/// <summary>The published list of accounts that are no persons: they neither give nor gain (docs/networks.md).</summary>
/// <remarks>
/// Software that answers to a name in comments, and accounts that stand for many. For every way a fact can come. What only the source knows
/// (a bot by its own word) is the connector's; what only an operator knows is a setting, or a standing of the account.
/// </remarks>
public static class NeverCounted
{
    // On whatever server: the part of an id behind its last slash. "*" stands for anything, "#" for digits.
    private static readonly Dictionary<string, string[]> Listed = new(StringComparer.Ordinal)
    {
        // Names that people call software by. Other makers of apps are not here: people star what they make.
        ["github"] =
        [
            "ghost",
            "*[bot]",
            "actions-user",
            "allcontributors",
            "claude",
            "codecov",
            "codecov-commenter",
            "coderabbitai",
            "codex",
            "copilot",
            "copilot-pull-request-reviewer",
            "copilot-swe-agent",
            "dependabot",
            "dependabot-preview",
            "devin-ai-integration",
            "gemini-code-assist",
            "github-actions",
            "github-classroom",
            "google-labs-jules",
            "greenkeeper",
            "greptileai",
            "imgbot",
            "k8s-ci-robot",
            "mergify",
            "pre-commit-ci",
            "renovate",
            "renovate-bot",
            "rust-highfive",
            "rustbot",
            "semantic-release-bot",
            "snyk-bot",
            "sourcery-ai",
            "web-flow",
        ],
        ["gitlab"] =
        [
            "ghost",
            "ghost#",
            "all",
            "project_#_bot*",
            "group_#_bot*",
            "service_account_*",
            "alert-bot",
            "automation-bot",
            "duo-code-review-bot",
            "gitlab-bot",
            "gitlabduo",
            "security-bot",
            "support-bot",
            "visual-review-bot",
        ],
        ["gitea"] = ["ghost", "gitea-actions", "forgejo-actions", "renovate-bot"],
        ["discourse"] = ["system", "discobot"],
        ["slack"] = ["USLACKBOT"],
        ["reddit"] = ["automoderator"],
        // Telegram itself, administrators who stay anonymous, and channels that write in groups.
        ["telegram"] = ["777000", "1087968824", "136817688"],
    };

    /// <summary>The list, as documentation shows it: <c>github:ghost</c>, <c>github:*[bot]</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Listed.SelectMany(n => n.Value.Select(id => $"{n.Key}:{id}"))];

    private static readonly FrozenDictionary<string, Names>.AlternateLookup<ReadOnlySpan<char>> ByNetwork = Listed
        .ToFrozenDictionary(n => n.Key, n => new Names(n.Value), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    // Of the names of those networks: for most others nothing need be looked up. No network's name is over 32 characters.
    private static readonly ulong Lengths = Listed.Keys.Append("fediverse").Aggregate(0UL, (lengths, n) => lengths | (1UL << n.Length));

    /// <summary>Whether an account is on the list, or is a server of the fediverse that speaks for itself.</summary>
    public static bool Matches(AccountId account)
    {
        var value = account.Value.AsSpan();
        var colon = value.IndexOf(':');
        if (colon < 0 || (Lengths & (1UL << colon)) == 0)
            return false;
        var network = value[..colon];
        var id = value[(colon + 1)..];
        if (network is "fediverse")
            return IsServer(id);
        return ByNetwork.TryGetValue(network, out var names) && names.Contain(id[(id.LastIndexOf('/') + 1)..]);
    }

    // Mastodon's own account has its host's name, relays the addresses /actor and /relay.
    private static bool IsServer(ReadOnlySpan<char> id)
    {
        const string Scheme = "https://";
        if (!id.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var at = id.IndexOf('@');
            return at > 0 && id[..at].SequenceEqual(id[(at + 1)..]);
        }

        var slash = id[Scheme.Length..].IndexOf('/');
        return slash > 0 && id[(Scheme.Length + slash)..] is "/actor" or "/relay";
    }

    private sealed class Names(string[] listed)
    {
        private readonly Regex? patterns = listed.Any(IsPattern)
            ? new Regex(
                $"^(?:{string.Join('|', listed.Where(IsPattern).Select(ExpressionOf))})$",
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
            )
            : null;

        private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> names = listed
            .Where(id => !IsPattern(id))
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        public bool Contain(ReadOnlySpan<char> name) => names.Contains(name) || patterns?.IsMatch(name) == true;

        private static bool IsPattern(string id) => id.AsSpan().ContainsAny('*', '#');

        private static string ExpressionOf(string pattern) =>
            Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\#", "\\d+", StringComparison.Ordinal);
    }
}
