using System.Text.Json;
using Influence.Scoring;

namespace Influence.Connectors;

/// <summary>
/// Updates of Threads: <c>replies</c>, <c>mentions</c> and <c>publish</c>, under <c>values</c> instead of <c>entry</c>. Authors come as usernames, so that
/// those are the accounts.
/// </summary>
internal static class MetaThreads
{
    private const int MaxName = 30;

    /// <summary>Reads one update.</summary>
    public static void Update(JsonElement notice, string? field, JsonElement value, Translation into)
    {
        switch (field)
        {
            case "replies": Reply(notice, value, into); break;
            case "mentions" when !Mention(notice, value, null, into): into.Skip("mentions.unknown_target"); break;
            case "mentions": break;
            case "publish": Tell(notice, Act(value, InteractionType.Post, null, FactIds.Of("post", value.Id("id"))), into); break;
            default: into.Skip(field); break;
        }
    }

    // Only the author of the thread's first post is told: an answer further down answers somebody unknown.
    private static void Reply(JsonElement notice, JsonElement value, Translation into)
    {
        var (root, answered) = (value.Id("root_post", "id"), value.Id("replied_to", "id"));
        var author = root is not null && (answered is null || answered == root) ? value.Text("root_post", "username") : null;
        if (author is null) into.Skip("replies.unknown_author");
        else Tell(notice, Act(value, InteractionType.Reply, author, FactIds.Of("reply", value.Id("id"))), into);
        Mention(notice, value, author, into);
    }

    // False when nobody is named.
    private static bool Mention(JsonElement notice, JsonElement value, string? answered, Translation into)
    {
        var named = Mentions.In(value.Text("text"), MaxName, alsoInNames: ".");
        foreach (var name in named)
        {
            // Who is answered is not mentioned on top.
            if (name.Equals(answered, StringComparison.OrdinalIgnoreCase) || name.Equals(value.Text("username"), StringComparison.OrdinalIgnoreCase)) continue;
            Tell(notice, Act(value, InteractionType.Mention, name, FactIds.Of("mention", value.Id("id"), name)), into);
        }

        return named.Count > 0;
    }

    private static void Tell(JsonElement notice, InteractionDraft draft, Translation into) =>
        MetaUpdate.Tell(draft, $"{draft.Actor}|{draft.Id}", notice, isEnd: false, into);

    private static InteractionDraft Act(JsonElement value, InteractionType type, string? target, string? id) => new()
    {
        Type = type,
        Actor = MetaUpdate.Account("threads", value.Text("username")?.ToLowerInvariant()),
        Target = MetaUpdate.Account("threads", target?.ToLowerInvariant()),
        At = value.Moment("timestamp"),
        Id = id,
        Object = value.Text("permalink"),
        Context = Contexts.Of(Hashtags.In(value.Text("text")), null),
    };
}
