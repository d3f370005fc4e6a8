using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Updates of a Facebook page: fields <c>feed</c> and <c>mention</c>.</summary>
/// <remarks>
/// Posts in a page's feed are the page's, unless the update calls them a wall post (a visitor's). The author of a comment is in no update
/// but the comment's own, so that an answer to a comment, or a like of one, has nobody who gains.
/// </remarks>
internal static class MetaPage
{
    private static readonly string[] Scored = ["like", "reaction", "comment", "share", "post", "status", "photo", "video"];

    /// <summary>Reads one update of the page whose entry it is in.</summary>
    public static void Update(MetaEntry entry, string? field, JsonElement value, Translation into)
    {
        var page = entry.Id;
        into.Call(MetaUpdate.Account("facebook", ActorOf(value)), value.Text("from", "name"), value.Text("sender_name"));
        var (item, verb) = (value.Text("item"), value.Text("verb"));
        if (field is not ("feed" or "mention"))
            into.Skip(field);
        else if (item is null || verb is null)
            into.Skip(Translation.Malformed);
        // What is edited was told already; what is hidden was still done.
        else if (verb is not ("add" or "remove"))
            into.Skip($"{item}.{verb}");
        // Meta leaves people out where the app may not know them.
        else if (Scored.Contains(item) && ActorOf(value) is null)
            into.Skip($"{item}.unknown_actor");
        else if (field == "mention")
            Tell(entry, value, Act(value, InteractionType.Mention, page, "mention", value.Id("comment_id") ?? value.Id("post_id")), into);
        else if (item is "like" or "reaction")
            Like(entry, value, page, into);
        else if (item == "comment")
            Comment(entry, value, page, into);
        else if (item == "share" && ActorOf(value) != page)
            Tell(entry, value, Act(value, InteractionType.Share, page, "share", value.Id("share_id") ?? value.Id("post_id")), into);
        else if (item is "share" or "post" or "status" or "photo" or "video")
            Post(value, verb, into);
        else
            into.Skip($"{item}.{verb}");
    }

    // The like of old and a reaction are one, whichever face it shows. Without a post it is the page itself that is liked.
    private static void Like(MetaEntry entry, JsonElement value, string? page, Translation into)
    {
        var post = value.Id("post_id");
        if (value.Get("comment_id").Exists() || !IsBy(page, post, value))
            into.Skip($"{value.Text("item")}.unknown_author");
        else
            Tell(entry, value, Act(value, InteractionType.Like, page, "like", post ?? page), into);
    }

    private static void Comment(MetaEntry entry, JsonElement value, string? page, Translation into)
    {
        var (post, parent) = (value.Id("post_id"), value.Id("parent_id"));
        if (!IsBy(page, post, value) || (parent is not null && parent != post))
            into.Skip("comment.unknown_author");
        else
            Tell(entry, value, Act(value, InteractionType.Reply, page, "reply", value.Id("comment_id")), into);
    }

    private static void Post(JsonElement value, string verb, Translation into)
    {
        if (verb == "add")
            into.Add(Act(value, InteractionType.Post, null, "post", value.Id("post_id")));
        else
            into.Skip($"{value.Text("item")}.{verb}");
    }

    private static bool IsBy(string? page, string? post, JsonElement value) =>
        value.Text("post", "status_type") != "wall_post"
        && (post is null || !post.Contains('_', StringComparison.Ordinal) || post.StartsWith($"{page}_", StringComparison.Ordinal));

    private static void Tell(MetaEntry entry, JsonElement value, InteractionDraft draft, Translation into) =>
        MetaUpdate.Tell(draft, $"{draft.Actor}|{draft.Id}", entry, value.Text("verb") == "remove", into);

    private static InteractionDraft Act(JsonElement value, InteractionType type, string? target, string kind, string? thing) =>
        new()
        {
            Type = type,
            Actor = MetaUpdate.Account("facebook", ActorOf(value)),
            Target = MetaUpdate.Account("facebook", target),
            At = value.Moment("created_time"),
            Id = FactIds.Of(kind, thing),
            Object = value.Text("post", "permalink_url") ?? (value.Id("post_id") is { } post ? $"https://www.facebook.com/{post}" : null),
            Context = Contexts.Of(Hashtags.In(value.Text("message")), null),
        };

    private static string? ActorOf(JsonElement value) => value.Id("from", "id") ?? value.Id("sender_id");
}
