using System.Text.Json;
using Influence.Scoring;

namespace Influence.Connectors;

/// <summary>
/// <c>bluesky</c>: events of Jetstream, forwarded: <c>{did, time_us, kind, commit{operation, collection, rkey, record}}</c>. Accounts are
/// <c>bluesky:did</c>, hashtags the topics.
/// </summary>
/// <remarks>
/// A record names what it is about by a URI that begins with its author's DID. A deletion carries no record, so that everything is remembered by DID,
/// collection and key. What a record says of its own moment is believed only when it is not later than when it was seen.
/// </remarks>
internal sealed class BlueskyConnector : ForwardedConnector
{
    private const string Post = "app.bsky.feed.post";
    private const string At = "at://";

    public override string Source => "bluesky";

    protected override void Read(JsonElement e, Translation into)
    {
        var (commit, did) = (e.Get("commit"), e.Text("did"));
        var (operation, collection, rkey) = (commit.Text("operation"), commit.Text("collection"), commit.Text("rkey"));
        if (e.Text("kind") is not (null or "commit")) into.Skip(e.Text("kind"));
        else if (collection is not ("app.bsky.feed.like" or "app.bsky.feed.repost" or "app.bsky.graph.follow" or Post) || operation is not ("create" or "delete"))
            into.Skip(collection is null ? null : $"{collection}.{operation}");
        else if (did is null || rkey is null) into.Skip(Translation.Malformed);
        else if (operation == "delete") into.TakeBack($"{did}|{collection}|{rkey}", e.Moment("time_us"));
        else Create(new(did, collection, rkey, commit.Get("record"), e.Moment("time_us")), into);
    }

    private static void Create(Record record, Translation into)
    {
        var (key, act) = ($"{record.Did}|{record.Collection}|{record.Rkey}", record.Act());
        var (said, subject) = (record.Said, record.Said.Text("subject", "uri"));
        switch (record.Collection)
        {
            case "app.bsky.feed.like":
                into.Remember(key, act with { Type = InteractionType.Like, Target = AuthorOf(subject), Id = FactIds.Of("like", subject), Object = subject });
                break;
            case "app.bsky.feed.repost":
                into.Remember(key, act with { Type = InteractionType.Share, Target = AuthorOf(subject), Id = FactIds.Of("share", subject), Object = subject });
                break;
            case "app.bsky.graph.follow":
                into.Remember(key, act with { Type = InteractionType.Follow, Target = Account(said.Text("subject")), Id = FactIds.Of("follow", said.Text("subject")), Object = null });
                break;
            default: Written(key, act, record, into); break;
        }
    }

    private static void Written(string key, InteractionDraft act, Record record, Translation into)
    {
        var (answered, quoted) = (record.Said.Text("reply", "parent", "uri"), Quoted(record.Said.Get("embed")));
        var told = new HashSet<AccountId?> { act.Actor };
        if (answered is not null) Tell(InteractionType.Reply, "reply", AuthorOf(answered));
        if (quoted is not null) Tell(InteractionType.Quote, "quote", AuthorOf(quoted));
        if (answered is null && quoted is null) into.AddOrRemember(act);
        foreach (var person in Features(record.Said, "mention", "did").Distinct().Take(Mentions.Max).Select(Account))
            if (!told.Contains(person)) Tell(InteractionType.Mention, "mention", person);

        void Tell(InteractionType type, string kind, AccountId? target)
        {
            told.Add(target);
            into.Remember(key, act with { Type = type, Target = target, Id = FactIds.Of(kind, record.Rkey) });
        }
    }

    // A quote alone, or one beside pictures; lists, feeds and starter packs are shown in the same way but are no posts.
    private static string? Quoted(JsonElement embed) =>
        (embed.Text("record", "uri") ?? embed.Text("record", "record", "uri")) is { } uri && uri.Contains($"/{Post}/", StringComparison.Ordinal) ? uri : null;

    private static IEnumerable<string?> Features(JsonElement post, string kind, string field) =>
        from facet in post.Get("facets").Each()
        from feature in facet.Get("features").Each()
        where feature.Text("$type") == $"app.bsky.richtext.facet#{kind}"
        select feature.Text(field);

    private static AccountId? AuthorOf(string? uri) =>
        uri is not null && uri.StartsWith(At, StringComparison.Ordinal) && uri.IndexOf('/', At.Length) is > 0 and var end ? Account(uri[At.Length..end]) : null;

    private static AccountId? Account(string? did) =>
        did is not null && did.StartsWith("did:", StringComparison.Ordinal) && AccountId.TryParse($"bluesky:{did}", out var account) ? account : null;

    private readonly record struct Record(string Did, string Collection, string Rkey, JsonElement Said, long? Seen)
    {
        public InteractionDraft Act() => new()
        {
            Type = InteractionType.Post,
            Actor = Account(Did),
            At = Said.Moment("createdAt") is { } said && !(said > Seen) ? said : Seen,
            Id = FactIds.Of("post", Rkey),
            Object = $"{BlueskyConnector.At}{Did}/{Collection}/{Rkey}",
            Context = Contexts.Of([.. Features(Said, "tag", "tag"), .. Said.Get("tags").Each().Select(t => t.Text())], null),
        };
    }
}
