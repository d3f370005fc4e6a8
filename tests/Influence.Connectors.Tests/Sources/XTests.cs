using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Tests.Sources;

public sealed class XTests
{
    private const string Response = """{"response_token":"sha256=mchn+rKsGVnYHN/lGyanuEw6XariJ3D+ARDLDsd0dS0="}""";

    [Theory]
    [InlineData("your_consumer_secret_here", "challenge_string", Response)]
    [InlineData("", "challenge_string", null)]
    [InlineData("your_consumer_secret_here", "", null)]
    public void The_handshake_signs_the_token(string secret, string token, string? expected) =>
        Assert.Equal(expected, Some.Connector("x").AnswerHandshake(Some.Get(("crc_token", token)), Some.Settings(secret))?.Body);

    [Fact]
    public void The_handshake_is_json_and_takes_the_first_secret()
    {
        var reply = Some.Connector("x")
            .AnswerHandshake(Some.Get(("crc_token", "challenge_string")), Some.Settings("", "your_consumer_secret_here", "next"))!;
        Assert.Equal(Response, reply.Body);
        Assert.StartsWith("application/json", reply.ContentType, StringComparison.Ordinal);
        Assert.Null(Some.Connector("x").AnswerHandshake(Some.Get(), Some.Settings("secret")));
    }

    // The same key signs deliveries in the same way: whoever may have any text signed can forge one.
    [Theory]
    [InlineData("""{"data":{"event_type":"follow.follow"}}""")]
    [InlineData("[]")]
    [InlineData(" {}")]
    [InlineData("\n{}")]
    [InlineData("\uFEFF{}")]
    public void The_handshake_signs_nothing_that_could_be_a_delivery(string token) =>
        Assert.Null(Some.Connector("x").AnswerHandshake(Some.Get(("crc_token", token)), Some.Settings("secret")));

    [Theory]
    [InlineData("your_consumer_secret_here", "challenge_string", true)]
    [InlineData("your_consumer_secret_here", "challenge_strinG", false)]
    [InlineData("your_consumer_secret_herE", "challenge_string", false)]
    public void A_delivery_is_signed_as_the_token_is(string secret, string body, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("x")
                .VerifySignature(
                    Some.Delivery(body, ("X-Twitter-Webhooks-Signature", "sha256=mchn+rKsGVnYHN/lGyanuEw6XariJ3D+ARDLDsd0dS0=")),
                    Some.Settings(secret),
                    Some.Now
                )
        );

    [Fact]
    public void One_reply_as_three_events_counts_once()
    {
        string[] twins = ["reply-as-post-created", "reply-as-reply-created", "reply-as-mention-created"];
        Assert.Equal(3, twins.Select(t => Json(t).Get("data").Text("event_uuid")).Distinct().Count());
        Assert.Single(
            twins
                .Select(t =>
                    JsonSerializer.Serialize(
                        Some.Connector("x").Translate(new Sample("x", t).Delivery, Some.Now)!.Items.Cast<RememberFacts>()
                    )
                )
                .Distinct()
        );
        var facts = twins.SelectMany(Facts).ToArray();
        Assert.Equal(2, facts.Select(f => (f.Actor, f.Target, f.Id)).Distinct().Count());
        Assert.Equal([InteractionType.Reply, InteractionType.Mention], facts.Take(2).Select(f => f.Type));
    }

    [Fact]
    public void Both_apis_tell_the_same_of_the_same()
    {
        Assert.Equal(Facts("reply-as-post-created"), Facts("older-posts").Take(2));
        // They differ in whom they name.
        Assert.Equal(Facts("like-outbound").Select(Unnamed), Facts("older-favorites").Select(Unnamed));
        Assert.Equal(Facts("like-outbound").Select(Unnamed), Facts("like-inbound").Select(Unnamed));
        Assert.Equal(Facts("follow").Select(f => (f.Actor, f.Target, f.Id)), Facts("older-follows").Select(f => (f.Actor, f.Target, f.Id)));
        Assert.Equal(Keys("post-deleted"), Keys("older-deletes"));
    }

    [Fact]
    public void A_deletion_names_whatever_the_post_is_remembered_as() =>
        Assert.Empty(Keys("reply-as-post-created").Except(Keys("post-deleted")));

    [Fact]
    public void A_like_is_dated_as_itself_and_not_as_the_post()
    {
        Assert.Equal(Some.Moment("2026-11-20T09:44:08Z"), Facts("like-outbound").Single().At);
        Assert.Equal("2026-11-20T08:12:40.000Z", Json("like-outbound").Text("data", "payload", "created_at"));
    }

    [Theory]
    [InlineData("""{"id":"7"}""")]
    [InlineData("""{"data":{"id":"7"}}""")]
    public void A_user_may_be_wrapped_once_more(string user)
    {
        var follow = $$$"""{"data":{"event_type":"follow.follow","payload":{"source":{{{user}}},"target":{"data":{"id":"8"} } } } }""";
        var like = $$$"""
            {"data":{"event_type":"like.create","filter":{"user_id":"8"},"payload":{"liked_tweet_id":"9",
            "liked_tweet_author_id":"8","timestamp_ms":"1795167848000"},"includes":{"users":[{{{user}}},
            {"id":"8"}]} } }
            """;
        Assert.Equal(("x:7", "x:8"), (Of(follow).Actor.Value, Of(follow).Target!.Value.Value));
        Assert.Equal(("x:7", "x:8", "like:9"), (Of(like).Actor.Value, Of(like).Target!.Value.Value, Of(like).Id));
    }

    [Theory]
    [InlineData("post.repost.create", """{"user_id":"8"}""", "x:8")]
    [InlineData("post.repost.create", """{"user_id":"8","direction":"inbound"}""", "x:8")]
    [InlineData("post.repost.create", """{"user_id":"8","direction":"outbound"}""", null)]
    [InlineData("post.repost.create", """{"user_id":"7"}""", null)]
    [InlineData("post.create", """{"user_id":"8"}""", null)]
    public void What_is_reposted_is_the_filters_users_unless_they_repost(string type, string filter, string? target)
    {
        var body = $$$"""
            {"data":{"event_type":"{{{type}}}","filter":{{{filter}}},"payload":{"id":"5","author_id":"7",
            "referenced_tweets":[{"type":"retweeted","id":"4"}]} } }
            """;
        Assert.Equal(target, Read(body).SingleOrDefault()?.Target?.Value);
    }

    [Fact]
    public void A_like_without_a_moment_is_remembered_so_that_the_first_stands()
    {
        const string Body = """
            {"data":{"event_type":"like.create","filter":{"user_id":"7","direction":"outbound"},
            "payload":{"id":"a7ba59ea","liked_tweet_id":"9","liked_tweet_author_id":"8",
            "created_at":"2020-01-01T00:00:00Z"}}}
            """;
        var item = Assert.IsType<RememberFacts>(Assert.Single(Some.Connector("x").Translate(Some.Delivery(Body), Some.Now)!.Items));
        Assert.Equal(("like|7|9", Some.Now), (item.Key, item.Facts[0].At));
    }

    [Theory]
    [InlineData(
        """{"data":[1,{"event_type":"follow.follow","payload":{}},{"event_type":"a b"},{"event_type":"spaces.start"}]}""",
        "malformed:3 spaces.start:1"
    )]
    [InlineData("""{"for_user_id":"1"}""", "malformed:1")]
    [InlineData("""{"for_user_id":"1","mute_events":[{},{}],"tweet_create_events":[7]}""", "malformed:1 mute_events:2")]
    [InlineData("[]", "malformed:1")]
    public void What_is_unknown_or_broken_is_counted(string body, string skipped)
    {
        var meaning = Some.Connector("x").Translate(Some.Delivery(Encoding.UTF8.GetBytes(body), []), Some.Now)!;
        Assert.Empty(meaning.Items);
        Assert.Equal(skipped, string.Join(' ', meaning.Skipped.OrderBy(s => s.Key).Select(s => $"{s.Key}:{s.Value}")));
    }

    private static Interaction Unnamed(Interaction fact) => fact with { ActorName = null, TargetName = null };

    private static JsonElement Json(string name) => JsonElement.Parse(new Sample("x", name).Body);

    private static Interaction[] Facts(string name) => Facts(new Sample("x", name).Delivery);

    private static Interaction[] Read(string body) => Facts(Some.Delivery(body));

    private static Interaction Of(string body) => Assert.Single(Read(body));

    private static Interaction[] Facts(Delivery delivery) =>
        [
            .. Some.Connector("x")
                .Translate(delivery, Some.Now)!
                .Items.SelectMany(i =>
                    i switch
                    {
                        RememberFacts r => r.Facts.Cast<Interaction>(),
                        TakeFact { Fact: Interaction f } => [f],
                        _ => [],
                    }
                ),
        ];

    private static string[] Keys(string name) =>
        [
            .. Some.Connector("x")
                .Translate(new Sample("x", name).Delivery, Some.Now)!
                .Items.Select(i => i is TakeBack t ? t.Key : ((RememberFacts)i).Key)
                .Order(StringComparer.Ordinal),
        ];
}
