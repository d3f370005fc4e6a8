using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Updates of Threads: fields <c>replies</c>, <c>mentions</c>, <c>publish</c> and <c>delete</c>.</summary>
/// <remarks>
/// Under <c>values</c> instead of <c>entry</c>. Authors come as usernames, so that those are the accounts. A deletion names only the post
/// and its author: what a post means is remembered under those and its kind, since one post may come as a reply and as a mention.
/// </remarks>
internal static class MetaThreads
{
    private const int MaxName = 30;

    /// <summary>Reads one update.</summary>
    public static void Update(MetaEntry notice, string? field, JsonElement value, Translation into)
    {
        into.Call(MetaUpdate.Account("threads", value.Text("username")?.ToLowerInvariant()), value.Text("name"));
        switch (field)
        {
            case "replies":
                Reply(notice, value, into);
                break;
            case "mentions" when !Mention(notice, value, null, into):
                into.Skip("mentions.unknown_target");
                break;
            case "mentions":
                break;
            case "publish":
                Publish(notice, value, into);
                break;
            case "delete":
                Delete(value, into);
                break;
            default:
                into.Skip(field);
                break;
        }
    }

    private static void Publish(MetaEntry notice, JsonElement value, Translation into)
    {
        var act = Act(value, InteractionType.Post, null, FactIds.Of("post", value.Id("id")));
        MetaUpdate.Tell(act, Key("post", value), notice, isEnd: false, into);
    }

    private static void Delete(JsonElement value, Translation into)
    {
        if (value.Text("username") is null || value.Id("id") is null)
            into.Skip(Translation.Malformed);
        else
            foreach (var kind in (ReadOnlySpan<string>)["reply", "mention"])
                into.TakeBack(Key(kind, value), value.Moment("deleted_at"));
    }

    // Only the author of the thread's first post is told: an answer further down answers somebody unknown.
    private static void Reply(MetaEntry notice, JsonElement value, Translation into)
    {
        var (root, answered) = (value.Id("root_post", "id"), value.Id("replied_to", "id"));
        var author = root is not null && (answered is null || answered == root) ? value.Text("root_post", "username") : null;
        if (author is null)
            into.Skip("replies.unknown_author");
        else
            Remember(notice, "reply", value, Act(value, InteractionType.Reply, author, FactIds.Of("reply", value.Id("id"))), into);
        Mention(notice, value, author, into);
    }

    // False when nobody is named.
    private static bool Mention(MetaEntry notice, JsonElement value, string? answered, Translation into)
    {
        var named = Mentions.InPlain(value.Text("text"), MaxName, alsoInNames: ".");
        foreach (var name in named)
        {
            // Who is answered is not mentioned on top.
            if (
                name.Equals(answered, StringComparison.OrdinalIgnoreCase)
                || name.Equals(value.Text("username"), StringComparison.OrdinalIgnoreCase)
            )
                continue;
            Remember(
                notice,
                "mention",
                value,
                Act(value, InteractionType.Mention, name, FactIds.Of("mention", value.Id("id"), name)),
                into
            );
        }

        return named.Count > 0;
    }

    private static void Remember(MetaEntry notice, string kind, JsonElement value, InteractionDraft draft, Translation into) =>
        into.Remember(Key(kind, value), draft with { At = draft.At ?? notice.Time });

    private static string Key(string kind, JsonElement value) =>
        $"threads:{value.Text("username")?.ToLowerInvariant()}|{kind}|{value.Id("id")}";

    private static InteractionDraft Act(JsonElement value, InteractionType type, string? target, string? id) =>
        new()
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
