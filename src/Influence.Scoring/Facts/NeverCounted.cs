using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Influence.Scoring.Facts;

/// <summary>The published list of accounts that are no persons: they neither give nor gain.</summary>
/// <remarks>Whatever tells of them. Software that answers to a name in comments, and accounts that stand for many.</remarks>
public static partial class NeverCounted
{
    /// <summary>The logins on GitHub; all that end in <c>[bot]</c> besides. <c>ghost</c> stands for every deleted account.</summary>
    /// <remarks>Names that people call software by. Other makers of apps are not here: people star what they make.</remarks>
    public static FrozenSet<string> GitHub { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal,
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
            "ghost",
            "github-actions",
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
            "web-flow"
        );

    /// <summary>Whether an account is on the list.</summary>
    public static bool Matches(AccountId id) =>
        id.Network switch
        {
            "github" => IsGitHub(id.Value.AsSpan("github:".Length)),
            "gitlab" => GitLab().IsMatch(LastOf(id.Value)),
            "gitea" => LastOf(id.Value) is "ghost" or "gitea-actions" or "forgejo-actions",
            // Telegram itself, administrators who stay anonymous, and channels that write in groups.
            "telegram" => id.Value is "telegram:777000" or "telegram:1087968824" or "telegram:136817688",
            "slack" => LastOf(id.Value) is "USLACKBOT",
            "discourse" => LastOf(id.Value) is "system" or "discobot",
            "fediverse" => IsServer(id.Value.AsSpan("fediverse:".Length)),
            _ => false,
        };

    // github:login, or github:host/login on a server of one's own.
    private static bool IsGitHub(ReadOnlySpan<char> id)
    {
        var login = id[(id.LastIndexOf('/') + 1)..];
        return login.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase)
            || GitHub.GetAlternateLookup<ReadOnlySpan<char>>().Contains(login);
    }

    // A server that speaks for itself: Mastodon's own account has its host's name, relays the addresses /actor and /relay.
    private static bool IsServer(ReadOnlySpan<char> id)
    {
        if (id.IndexOf('@') is > 0 and var at)
            return id[..at].SequenceEqual(id[(at + 1)..]);
        const string Scheme = "https://";
        return id.StartsWith(Scheme, StringComparison.Ordinal)
            && id[Scheme.Length..].IndexOf('/') is > 0 and var slash
            && id[(Scheme.Length + slash)..] is "/actor" or "/relay";
    }

    private static ReadOnlySpan<char> LastOf(string id) => id.AsSpan(id.LastIndexOf('/') + 1);

    // The users that stand for all deleted ones and for everybody, access tokens, service accounts and GitLab's own helpers.
    [GeneratedRegex(
        @"^(?:[^/]*:)?(?:ghost\d*|all|(?:project|group)_\d+_bot.*|service_account_.*"
            + @"|(?:alert|support|security|visual-review|automation|duo-code-review)-bot\d*|gitlabduo|gitlab-bot)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex GitLab();
}
