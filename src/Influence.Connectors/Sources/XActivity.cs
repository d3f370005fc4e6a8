using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>The shape of the X Activity API, with posts and users as in version 2 of the X API.</summary>
/// <remarks><c>{"data":{event_type,filter,payload,includes}}</c></remarks>
internal static class XActivity
{
    // An event comes with the few posts and users it refers to.
    private const int MaxIncluded = 100;

    /// <summary>Reads one event, or each of several.</summary>
    public static void Translate(JsonElement body, Translation into)
    {
        // Where the expanded objects stand depends on who wrote the page: within the data, or beside it as elsewhere in version 2.
        var beside = body.Get("includes");
        foreach (var data in body.Get("data").Each())
        {
            Event(data, data.Get("includes") is var within && within.Exists() ? within : beside, into);
            into.Index++;
        }
    }

    private static void Event(JsonElement data, JsonElement includes, Translation into)
    {
        var (type, payload) = (data.Text("event_type"), data.Get("payload"));
        Call(payload, includes, into);
        switch (type)
        {
            case "post.create"
            or "post.mention.create"
            or "post.reply.create"
            or "post.quote.create"
            or "post.repost.create"
            or "mention.create"
            or "reply.create"
            or "quote.create"
            or "repost.create":
                Post(data, type, includes).Tell(into);
                break;
            case "post.delete":
                // The subscription is by author, so that the filter names them where the payload does not.
                XPost.Delete(IdOf(payload), payload.Id("author_id") ?? data.Id("filter", "user_id"), MomentOf(data), into);
                break;
            case "like.create":
                Like(data, payload, includes, into);
                break;
            case "follow.follow" or "follow.unfollow":
                XConnector.Follow(
                    UserOf(payload.Get("source")),
                    UserOf(payload.Get("target")),
                    MomentOf(data),
                    data.Id("event_uuid"),
                    isEnd: type == "follow.unfollow",
                    into
                );
                break;
            default:
                into.Skip(type);
                break;
        }
    }

    private static void Call(JsonElement payload, JsonElement includes, Translation into)
    {
        foreach (var user in includes.Get("users").Each().Take(MaxIncluded).Append(payload.Get("source")).Append(payload.Get("target")))
            XPost.Call(
                UserOf(user),
                user.Text("username") ?? user.Text("data", "username"),
                user.Text("name") ?? user.Text("data", "name"),
                into
            );
        foreach (var mention in payload.Get("entities", "mentions").Each().Take(XPost.MaxNamed))
            XPost.Call(mention.Id("id"), mention.Text("username"), null, into);
    }

    private static XPost Post(JsonElement data, string type, JsonElement includes)
    {
        var post = data.Get("payload");
        var shown = post.Get("display_text_range");
        var (replied, quoted, shared) = (Referenced(post, "replied_to"), Referenced(post, "quoted"), Referenced(post, "retweeted"));
        return new()
        {
            Id = IdOf(post),
            Author = post.Id("author_id"),
            At = post.Moment("created_at"),
            RepliedTo =
                replied is null && !post.Get("in_reply_to_user_id").Exists()
                    ? null
                    : new(replied, post.Id("in_reply_to_user_id") ?? AuthorOf(replied, includes)),
            Quoted = quoted is null ? null : new(quoted, AuthorOf(quoted, includes) ?? Receiver(data, post, type, "quote.create")),
            Shared = shared is null
                ? null
                : new(shared, AuthorOf(shared, includes) ?? Receiver(data, post, type, "repost.create") ?? Credited(post)),
            Mentioned =
            [
                .. post.Get("entities", "mentions")
                    .Each()
                    .Take(XPost.MaxNamed)
                    .Where(m => XPost.IsWritten(shown, m.Get("start")))
                    .Select(m => m.Id("id"))
                    .OfType<string>(),
            ],
            Tags = [.. post.Get("entities", "hashtags").Each().Select(h => h.Text("tag"))],
        };
    }

    // The payload's id is the like's own, its created_at the liked post's. Who likes is the filter's user in an outbound subscription; else
    // the one user it comes with who is not the author.
    private static void Like(JsonElement data, JsonElement like, JsonElement includes, Translation into)
    {
        var id = like.Id("liked_tweet_id");
        var post = PostOf(id, includes);
        var author = like.Id("liked_tweet_author_id") ?? post.Id("author_id");
        string? liker;
        if (data.Text("filter", "direction") == "outbound")
            liker = data.Id("filter", "user_id");
        else
        {
            var others = includes
                .Get("users")
                .Each()
                .Take(MaxIncluded)
                .Select(UserOf)
                .OfType<string>()
                .Where(u => u != author)
                .Distinct()
                .Take(2)
                .ToArray();
            liker = others.Length == 1 ? others[0] : null;
        }

        if (liker is null)
            into.Skip("like.create.unknown_actor");
        else if (author is null)
            into.Skip("like.create.unknown_author");
        else
            XPost.Like(id, author, liker, MomentOf(data), post.Get("entities", "hashtags").Each().Select(h => h.Text("tag")), into);
    }

    private static long? MomentOf(JsonElement data) => data.Moment("payload", "timestamp_ms") ?? data.Moment("timestamp_ms");

    private static string? IdOf(JsonElement post) => post.Id("id") ?? post.Id("post_id") ?? post.Id("tweet_id");

    private static string? Referenced(JsonElement post, string type)
    {
        foreach (var reference in post.Get("referenced_tweets").Each())
            if (reference.Text("type") == type)
                return reference.Id("id");
        return null;
    }

    private static string? AuthorOf(string? post, JsonElement includes) => PostOf(post, includes).Id("author_id");

    private static JsonElement PostOf(string? id, JsonElement includes)
    {
        if (id is null)
            return default;
        foreach (var known in includes.Get("tweets").Each().Take(MaxIncluded))
            if (known.Id("id") == id)
                return known;
        return default;
    }

    // Users come as they are, or wrapped once more, as in the events of follows.
    private static string? UserOf(JsonElement user) => user.Id("id") ?? user.Id("data", "id");

    // These events tell of something of the filter's user, and mostly give no direction; what that user does comes as post.create.
    private static string? Receiver(JsonElement data, JsonElement post, string type, string expected) =>
        type.EndsWith(expected, StringComparison.Ordinal)
        && data.Text("filter", "direction") != "outbound"
        && data.Id("filter", "user_id") is { } user
        && user != post.Id("author_id")
            ? user
            : null;

    // A repost's text begins "RT @author:".
    private static string? Credited(JsonElement post)
    {
        if (post.Text("text")?.StartsWith("RT @", StringComparison.Ordinal) != true)
            return null;
        foreach (var mention in post.Get("entities", "mentions").Each())
            if (mention.Id("start") == "3")
                return mention.Id("id");
        return null;
    }
}
