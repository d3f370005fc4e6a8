namespace Influence.Connectors.Tests.Sources;

public sealed class BlueskyTests
{
    private const string Did = "did:plc:m5ra4oduyaqkx2h7wz3tfe6c";
    private static readonly Connector Bluesky = Some.Connector("bluesky");

    [Theory]
    [InlineData("like", "like-deleted")]
    [InlineData("repost", "repost-deleted")]
    [InlineData("follow", "follow-deleted")]
    [InlineData("reply", "reply-deleted")]
    public void A_deletion_names_what_the_creation_is_remembered_under(string created, string deleted)
    {
        var remembered = Assert.IsType<RememberFacts>(Assert.Single(Meaning(created).Items));
        var takenBack = Assert.IsType<TakeBack>(Assert.Single(Meaning(deleted).Items));
        Assert.Equal(remembered.Key, takenBack.Key);
        Assert.True(takenBack.At > remembered.Facts[0].At);
    }

    [Fact]
    public void Nobody_takes_back_what_another_did_under_the_same_record_key()
    {
        var another = Translate(
            """
            {"did":"did:plc:another","kind":"commit","commit":{"operation":"delete",
            "collection":"app.bsky.feed.like","rkey":"3mfk2vuowo22b"}}
            """
        );
        Assert.NotEqual(((RememberFacts)Meaning("like").Items[0]).Key, Assert.IsType<TakeBack>(Assert.Single(another.Items)).Key);
    }

    [Fact]
    public void The_moment_is_when_the_event_was_seen_whatever_the_client_wrote()
    {
        foreach (var written in new[] { "2026-09-01T00:00:00Z", "2099-01-01T00:00:00Z", "" })
            Assert.Equal(1795166047, Assert.Single(Like("at://did:plc:tove/app.bsky.feed.post/1", written)).At);
    }

    [Fact]
    public void The_same_event_seen_by_another_server_has_the_same_key_and_ids()
    {
        var (first, again) = (
            Like("at://did:plc:tove/app.bsky.feed.post/1", "", 1795166047000000)[0],
            Like("at://did:plc:tove/app.bsky.feed.post/1", "", 1795166049000000)[0]
        );
        Assert.Equal(first.Id, again.Id);
    }

    [Theory]
    [InlineData("at://tove.example/app.bsky.feed.post/1")]
    [InlineData("https://bsky.app/profile/tove.example/post/1")]
    [InlineData("at://")]
    [InlineData("at://did:plc:to ve/app.bsky.feed.post/1")]
    [InlineData("")]
    public void A_subject_that_names_no_did_is_counted_not_scored(string uri)
    {
        var meaning = Translate(LikeOf(uri, "", 1795166047000000));
        Assert.Empty(meaning.Items);
        Assert.Equal([Translation.Malformed], meaning.Skipped.Keys);
    }

    [Theory]
    [InlineData("reply", "reply mention")]
    [InlineData("quote", "quote")]
    [InlineData("quote-with-picture", "quote")]
    [InlineData("post", "post mention")]
    [InlineData("list-shared", "post")]
    public void A_post_is_what_it_answers_quotes_and_names(string sample, string types) =>
        Assert.Equal(types, string.Join(' ', Facts(Meaning(sample)).Select(f => f.Type.ToString().ToLowerInvariant())));

    [Fact]
    public void More_events_than_a_thousand_are_refused_whole()
    {
        Assert.Equal(1000, Translate($"[{string.Join(',', Enumerable.Repeat("{}", 1000))}]").Skipped[Translation.Malformed]);
        Assert.IsType<RefusedItem>(Assert.Single(Translate($"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]").Items));
    }

    [Fact]
    public void It_may_come_with_a_function_key() => Assert.True(Bluesky.IsForwarded);

    private static IReadOnlyList<Interaction> Like(string uri, string written, long seen = 1795166047000000) =>
        Facts(Translate(LikeOf(uri, written, seen)));

    private static string LikeOf(string uri, string written, long seen) =>
        $$$"""
            {"did":"{{{Did}}}","time_us":{{{seen}}},"kind":"commit","commit":{"operation":"create",
            "collection":"app.bsky.feed.like","rkey":"3mf","record":{"createdAt":"{{{written}}}","subject":{"uri":"{{{uri}}}"} } } }
            """;

    private static Translation Translate(string body) => Bluesky.Translate(Some.Delivery(body), Some.Now)!;

    private static Translation Meaning(string sample) => Bluesky.Translate(new Sample("bluesky", sample).Delivery, Some.Now)!;

    private static IReadOnlyList<Interaction> Facts(Translation meaning) =>
        [.. meaning.Items.SelectMany(i => i is RememberFacts r ? r.Facts.Cast<Interaction>() : [(Interaction)((TakeFact)i).Fact])];
}
