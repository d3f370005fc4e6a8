using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>The shape of the older Account Activity API, with posts and users as in version 1.1.</summary>
/// <remarks><c>{"for_user_id":…,"tweet_create_events":[…],…}</c></remarks>
internal static class XAccountActivity
{
    private static readonly string[] Known = ["tweet_create_events", "favorite_events", "follow_events", "tweet_delete_events"];

    /// <summary>Reads every event of every kind; kinds without a score are counted by their name.</summary>
    public static void Translate(JsonElement body, Translation into)
    {
        if (body.ValueKind != JsonValueKind.Object)
            into.Skip(Translation.Malformed);
        else
        {
            foreach (var kind in Known)
            {
                foreach (var e in body.Get(kind).Each())
                {
                    Event(kind, e, into);
                    into.Index++;
                }
            }

            SkipOthers(body, into);
        }
    }

    private static void Event(string kind, JsonElement e, Translation into)
    {
        Call(e, into);
        switch (kind)
        {
            case "tweet_create_events":
                Post(e).Tell(into);
                break;
            case "favorite_events":
                XPost.Like(
                    Number(e.Get("favorited_status")),
                    Author(e.Get("favorited_status")),
                    Number(e.Get("user")),
                    e.Moment("timestamp_ms") ?? e.Moment("created_at"),
                    Tags(e.Get("favorited_status")),
                    into
                );
                break;
            case "tweet_delete_events":
                XPost.Delete(
                    Number(e.Get("status")),
                    e.Id("status", "user_id_str") ?? e.Id("status", "user_id"),
                    e.Moment("timestamp_ms"),
                    into
                );
                break;
            case "follow_events" when e.Text("type") is "follow" or "unfollow":
                var at = e.Moment("created_timestamp") ?? e.Moment("timestamp_ms");
                XConnector.Follow(
                    Number(e.Get("source")),
                    Number(e.Get("target")),
                    at,
                    name: null,
                    isEnd: e.Text("type") == "unfollow",
                    into
                );
                break;
            default:
                into.Skip($"{kind}.{e.Text("type")}");
                break;
        }
    }

    private static void Call(JsonElement e, Translation into)
    {
        foreach (var post in (ReadOnlySpan<JsonElement>)[e, e.Get("retweeted_status"), e.Get("quoted_status"), e.Get("favorited_status")])
        {
            CallUser(post.Get("user"), into);
            foreach (var mention in Whole(post).Get("entities", "user_mentions").Each().Take(XPost.MaxNamed))
                CallUser(mention, into);
        }

        CallUser(e.Get("source"), into);
        CallUser(e.Get("target"), into);
        XPost.Call(Answered(e).Author, e.Text("in_reply_to_screen_name"), null, into);
    }

    private static void CallUser(JsonElement user, Translation into) =>
        XPost.Call(Number(user), user.Text("screen_name"), user.Text("name"), into);

    // A post that was too long for the old format has its whole text, and its entities, in an extension.
    private static JsonElement Whole(JsonElement post) => post.Get("extended_tweet") is var whole && whole.Exists() ? whole : post;

    private static XPost Post(JsonElement post)
    {
        var whole = Whole(post);
        var (answered, shown) = (Answered(post), whole.Get("display_text_range"));
        return new()
        {
            Id = Number(post),
            Author = Author(post),
            At = post.Moment("timestamp_ms") ?? post.Moment("created_at"),
            RepliedTo = answered.Id is null && answered.Author is null ? null : answered,
            Quoted = post.Get("quoted_status").Exists() || post.IsTrue("is_quote_status") ? Other(post.Get("quoted_status")) : null,
            Shared = post.Get("retweeted_status").Exists() ? Other(post.Get("retweeted_status")) : null,
            Mentioned =
            [
                .. whole
                    .Get("entities", "user_mentions")
                    .Each()
                    .Take(XPost.MaxNamed)
                    .Where(m => XPost.IsWritten(shown, First(m.Get("indices"))))
                    .Select(Number)
                    .OfType<string>(),
            ],
            Tags = [.. Tags(post)],
        };
    }

    private static XPost.Other Answered(JsonElement post) =>
        new(
            post.Id("in_reply_to_status_id_str") ?? post.Id("in_reply_to_status_id"),
            post.Id("in_reply_to_user_id_str") ?? post.Id("in_reply_to_user_id")
        );

    private static XPost.Other Other(JsonElement post) => new(Number(post), Author(post));

    private static string? Author(JsonElement post) => Number(post.Get("user"));

    // Numbers are too large for what some languages make of them: the text is the truth.
    private static string? Number(JsonElement thing) => thing.Text("id_str") ?? thing.Id("id");

    private static IEnumerable<string?> Tags(JsonElement post) =>
        Whole(post).Get("entities", "hashtags").Each().Select(h => h.Text("text"));

    private static JsonElement First(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array && array.GetArrayLength() > 0 ? array[0] : default;

    private static void SkipOthers(JsonElement body, Translation into)
    {
        var isEmpty = true;
        foreach (var property in body.EnumerateObject())
        {
            // Beside the events stand objects that they refer to, by kind.
            if (
                NameOf(property) is not { } name
                || !(name.EndsWith("_events", StringComparison.Ordinal) || name.EndsWith("_event", StringComparison.Ordinal))
            )
                continue;
            isEmpty = false;
            if (Known.Contains(name))
                continue;
            foreach (var _ in property.Value.Each())
                into.Skip(name);
        }

        if (isEmpty)
            into.Skip(Translation.Malformed);
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
