using System.Collections.Frozen;
using System.Text.Json;

namespace Influence.Connectors.Payload;

/// <summary>Who is no person, by the source's own word. Who is none by a published list is <see cref="NeverCounted"/>.</summary>
internal static class NotPersons
{
    private static readonly FrozenSet<string> DiscourseGroups = FrozenSet.Create(
        StringComparer.Ordinal,
        "here",
        "all",
        "everyone",
        "staff",
        "moderators",
        "admins",
        "logged_in_users",
        "trust_level_0",
        "trust_level_1",
        "trust_level_2",
        "trust_level_3",
        "trust_level_4"
    );

    /// <summary>A user of GitHub that is software, or stands in for somebody who was imported.</summary>
    public static bool OnGitHub(JsonElement user) => user.Text("type") is "Bot" or "Mannequin";

    /// <summary>Discourse's own accounts have ids below zero.</summary>
    public static bool OnDiscourse(JsonElement userId) =>
        userId.ValueKind == JsonValueKind.Number && userId.TryGetInt64(out var id) && id < 0;

    /// <summary>The groups that every forum has by itself, which are mentioned like people.</summary>
    public static bool IsDiscourseGroup(string name) => DiscourseGroups.Contains(name);

    /// <summary>An embedded actor that says of itself that it is software or a group; a mere address says nothing.</summary>
    public static bool OnFediverse(JsonElement actor) =>
        actor.ValueKind == JsonValueKind.Object
        && actor
            .Get("type")
            .Each()
            .Take(8)
            .Any(t => t.Text() is "Service" or "Application" or "Group" or "as:Service" or "as:Application" or "as:Group");

    /// <summary>A user of Gitea or Forgejo with a number below zero: deleted users, runners and the like.</summary>
    public static bool OnGitea(JsonElement user) => user.Id("id")?.StartsWith('-') == true;

    /// <summary>An account of Mastodon that calls itself a bot or a group.</summary>
    public static bool OnMastodon(JsonElement account) => account.IsTrue("bot") || account.IsTrue("group");

    /// <summary>The users of Slack that a delivery calls bots.</summary>
    public static HashSet<string> OnSlack(JsonElement body) =>
        [.. body.Get("authorizations").Each().Take(64).Where(a => a.IsTrue("is_bot")).Select(a => a.Text("user_id")).OfType<string>()];
}
