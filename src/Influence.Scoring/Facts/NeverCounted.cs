namespace Influence.Scoring.Facts;

/// <summary>The published list of accounts that are no persons: they neither give nor gain (docs/scoring.md, "Never counted").</summary>
/// <remarks>
/// For every way a fact can come. What only the source knows (a bot by its own word) is the connector's; what only an operator knows is a
/// standing of the account.
/// </remarks>
public static class NeverCounted
{
    // "*" at the front: every id that ends so. For gitlab and gitea a server's host may stand before.
    private static readonly Dictionary<string, string[]> Listed = new(StringComparer.Ordinal)
    {
        ["github"] =
        [
            "ghost",
            "*[bot]",
            "dependabot",
            "dependabot-preview",
            "renovate",
            "renovate-bot",
            "github-actions",
            "github-classroom",
            "web-flow",
            "actions-user",
            "copilot",
            "copilot-swe-agent",
            "claude",
            "codex",
            "coderabbitai",
            "cursor",
            "devin-ai-integration",
            "gemini-code-assist",
            "google-labs-jules",
            "sourcery-ai",
            "codecov",
            "codecov-io",
            "greenkeeper",
            "snyk-bot",
            "pre-commit-ci",
            "allcontributors",
            "imgbot",
            "stale",
            "mergify",
            "k8s-ci-robot",
        ],
        ["gitlab"] = ["ghost", "support-bot", "alert-bot", "gitlab-bot", "gitlabduo", "gitlab-dependency-bot"],
        ["gitea"] = ["*/ghost", "*/gitea-actions", "*/forgejo-actions", "*/renovate-bot"],
        ["discourse"] = ["*/system", "*/discobot"],
        ["slack"] = ["*/USLACKBOT"],
        ["reddit"] = ["automoderator"],
        ["telegram"] = ["777000", "1087968824", "136817688"],
    };

    /// <summary>The list, as documentation and <c>GET /policy</c> show it: <c>github:ghost</c>, <c>github:*[bot]</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Listed.SelectMany(n => n.Value.Select(id => $"{n.Key}:{id}"))];

    private static readonly Dictionary<string, (HashSet<string> Ids, string[] Ends)> ByNetwork = Listed.ToDictionary(
        n => n.Key,
        n =>
            (
                n.Value.Where(id => id[0] != '*').ToHashSet(StringComparer.Ordinal),
                n.Value.Where(id => id[0] == '*').Select(id => id[1..]).ToArray()
            ),
        StringComparer.Ordinal
    );

    private static readonly Dictionary<string, (HashSet<string> Ids, string[] Ends)>.AlternateLookup<ReadOnlySpan<char>> ByName =
        ByNetwork.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether an account is on the list.</summary>
    public static bool Matches(AccountId account)
    {
        var value = account.Value.AsSpan();
        var colon = value.IndexOf(':');
        if (colon < 0 || !ByName.TryGetValue(value[..colon], out var listed))
            return false;
        var id = value[(colon + 1)..];
        if (listed.Ids.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id))
            return true;
        foreach (var end in listed.Ends)
            if (id.EndsWith(end, StringComparison.Ordinal))
                return true;
        return false;
    }
}
