using System.Text.Json;

namespace Influence.Connectors;

/// <summary>The shape of the X Activity API: <c>{"data":{event_type,filter,payload,includes}}</c>, with posts and users as in version 2 of the X API.</summary>
internal static class XActivity
{
    /// <summary>Reads one event, or each of several.</summary>
    public static void Translate(JsonElement body, Translation into)
    {
        foreach (var data in body.Get("data").Each())
        {
            // Where the expanded objects stand depends on who wrote the page: within the data, or beside it as elsewhere in version 2.
            Event(data, data.Get("includes").Exists() ? data.Get("includes") : body.Get("includes"), into);
            into.Index++;
        }
    }

    private static void Event(JsonElement data, JsonElement includes, Translation into)
    {
        var (type, payload) = (data.Text("event_type"), data.Get("payload"));
        switch (type)
        {
            case "post.create" or "post.mention.create" or "post.reply.create" or "post.quote.create" or "post.repost.create"
                or "mention.create" or "reply.create" or "quote.create" or "repost.create":
                Post(data, type, includes).Tell(into);
                break;
            case "post.delete":
                // The subscription is by author, so that the filter names them where the payload does not.
                XPost.Delete(IdOf(payload), payload.Id("author_id") ?? data.Id("filter", "user_id"), MomentOf(data), into);
                break;
            case "like.create": Like(data, payload, includes, into); break;
            case "follow.follow": XFollow.Tell(payload.Id("source", "id"), payload.Id("target", "id"), MomentOf(data), isEnd: false, into); break;
            case "follow.unfollow": XFollow.Tell(payload.Id("source", "id"), payload.Id("target", "id"), MomentOf(data), isEnd: true, into); break;
            default: into.Skip(type); break;
        }
    }

    private static XPost Post(JsonElement data, string type, JsonElement includes)
    {
        var post = data.Get("payload");
        var (replied, quoted, shared) = (Referenced(post, "replied_to"), Referenced(post, "quoted"), Referenced(post, "retweeted"));
        return new()
        {
            Id = IdOf(post),
            Author = post.Id("author_id"),
            At = post.Moment("created_at"),
            RepliedTo = replied is null && !post.Get("in_reply_to_user_id").Exists() ? null : new(replied, post.Id("in_reply_to_user_id") ?? AuthorOf(replied, includes)),
            Quoted = quoted is null ? null : new(quoted, AuthorOf(quoted, includes) ?? Receiver(data, type, "quote.create")),
            Shared = shared is null ? null : new(shared, AuthorOf(shared, includes) ?? Receiver(data, type, "repost.create") ?? Credited(post)),
            Mentioned = [.. post.Get("entities", "mentions").Each().Where(m => XPost.IsWritten(post, m.Get("start"))).Select(m => m.Id("id")).OfType<string>()],
            Tags = [.. post.Get("entities", "hashtags").Each().Select(h => h.Text("tag"))],
        };
    }

    // The payload is the liked post, dated as such. Who likes it is the filter's user in an outbound subscription; else the one user it comes with who is not the author.
    private static void Like(JsonElement data, JsonElement post, JsonElement includes, Translation into)
    {
        var id = IdOf(post);
        var author = post.Id("author_id") ?? AuthorOf(id, includes);
        string? liker;
        if (data.Text("filter", "direction") == "outbound") liker = data.Id("filter", "user_id");
        else
        {
            var others = includes.Get("users").Each().Select(u => u.Id("id")).OfType<string>().Where(u => u != author).Distinct().Take(2).ToArray();
            liker = others.Length == 1 ? others[0] : null;
        }

        if (liker is null) into.Skip("like.create.unknown_actor");
        else if (author is null) into.Skip("like.create.unknown_author");
        else XPost.Like(id, author, liker, MomentOf(data), post.Get("entities", "hashtags").Each().Select(h => h.Text("tag")), into);
    }

    private static long? MomentOf(JsonElement data) => data.Moment("payload", "timestamp_ms") ?? data.Moment("timestamp_ms");

    private static string? IdOf(JsonElement post) => post.Id("id") ?? post.Id("post_id") ?? post.Id("tweet_id");

    private static string? Referenced(JsonElement post, string type)
    {
        foreach (var reference in post.Get("referenced_tweets").Each())
            if (reference.Text("type") == type) return reference.Id("id");
        return null;
    }

    private static string? AuthorOf(string? post, JsonElement includes)
    {
        if (post is null) return null;
        foreach (var known in includes.Get("tweets").Each())
            if (known.Id("id") == post) return known.Id("author_id");
        return null;
    }

    // An inbound event is about something of the filter's user.
    private static string? Receiver(JsonElement data, string type, string expected) =>
        type.EndsWith(expected, StringComparison.Ordinal) && data.Text("filter", "direction") == "inbound" ? data.Id("filter", "user_id") : null;

    // A repost's text begins "RT @author:".
    private static string? Credited(JsonElement post)
    {
        if (post.Text("text")?.StartsWith("RT @", StringComparison.Ordinal) != true) return null;
        foreach (var mention in post.Get("entities", "mentions").Each())
            if (mention.Id("start") == "3") return mention.Id("id");
        return null;
    }
}
