using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary><c>bluesky</c>: Jetstream events, forwarded.</summary>
/// <remarks>
/// <para>
/// Accounts are <c>bluesky:did</c>, topics are the tags of a post; there are no communities. A like or repost counts for the DID in the
/// address of its subject, a follow for its subject, a post that answers for the DID in its parent's address, one that embeds another for
/// that one's. A deletion names only (did, collection, rkey): every interaction is remembered under those.
/// </para>
/// <para>
/// The moment is <c>time_us</c>, when Jetstream saw the event: <c>createdAt</c> is whatever the author's client wrote. Another Jetstream
/// server sees the same event a little sooner or later, but what was remembered first stands, so that the moment is the same on
/// redelivery.
/// </para>
/// </remarks>
internal sealed class BlueskyConnector : ForwardedConnector
{
    private const string Post = "app.bsky.feed.post";

    public override string Source => "bluesky";

    public override string? Network => "bluesky";

    protected override void Translate(JsonElement e, Translation into)
    {
        var (kind, did, commit) = (e.Text("kind"), e.Text("did"), e.Get("commit"));
        // An event of its own, which names people for the events that come with it.
        if (kind == "identity" && e.Text("identity", "handle") is { } handle and not "handle.invalid")
            into.Call(BlueskyAddress.Account(did), $"@{handle}");
        if (kind != "commit")
        {
            into.Skip(kind);
            return;
        }

        var (operation, collection, rkey) = (commit.Text("operation"), commit.Text("collection"), commit.Text("rkey"));
        var isScored = collection is "app.bsky.feed.like" or "app.bsky.feed.repost" or "app.bsky.graph.follow" or Post;
        // An edited record stands for what it was first.
        if (!isScored || operation is not ("create" or "delete"))
            into.Skip($"{collection}.{operation}");
        else if (BlueskyAddress.Account(did) is not { } actor || rkey is null)
            into.Skip(Translation.Malformed);
        else if (operation == "delete")
            into.TakeBack(Key(actor, collection!, rkey), e.Moment("time_us"));
        else
            Create(actor, collection!, rkey, e.Moment("time_us"), commit.Get("record"), into);
    }

    private static void Create(AccountId actor, string collection, string rkey, long? at, JsonElement record, Translation into)
    {
        var key = Key(actor, collection, rkey);
        switch (collection)
        {
            case "app.bsky.feed.like":
                into.Remember(key, OnSubject(InteractionType.Like, "like"));
                break;
            case "app.bsky.feed.repost":
                into.Remember(key, OnSubject(InteractionType.Share, "share"));
                break;
            case "app.bsky.graph.follow":
                into.Remember(key, Follow());
                break;
            default:
                BlueskyPost.Read(
                    key,
                    Act(InteractionType.Post) with
                    {
                        Object = BlueskyAddress.Of(actor, collection, rkey),
                    },
                    rkey,
                    record,
                    into
                );
                break;
        }

        InteractionDraft OnSubject(InteractionType type, string name)
        {
            var uri = record.Text("subject", "uri");
            return Act(type) with { Target = BlueskyAddress.AccountIn(uri), Id = FactIds.Of(name, uri), Object = uri };
        }

        InteractionDraft Follow()
        {
            var subject = record.Text("subject");
            return Act(InteractionType.Follow) with { Target = BlueskyAddress.Account(subject), Id = FactIds.Of("follow", subject) };
        }

        InteractionDraft Act(InteractionType type) =>
            new()
            {
                Type = type,
                Actor = actor,
                At = at,
                Id = null,
            };
    }

    private static string Key(AccountId actor, string collection, string rkey) => $"{actor.Value}|{collection}|{rkey}";
}
