namespace Influence.Connectors.Tests.Sources;

public sealed class ActivityStreamsTests
{
    private static readonly Connector Fediverse = Some.Connector("activitystreams");

    [Theory]
    [InlineData("like", "like-undone")]
    [InlineData("like", "like-undone-by-id")]
    [InlineData("announce", "announce-undone")]
    [InlineData("follow", "follow-undone")]
    [InlineData("reply", "reply-deleted")]
    [InlineData("reply", "reply-deleted-by-id")]
    public void What_takes_back_names_what_was_remembered(string done, string undone)
    {
        var remembered = Assert.IsType<RememberFacts>(Assert.Single(Meaning(done).Items));
        Assert.Equal(remembered.Key, Assert.IsType<TakeBack>(Assert.Single(Meaning(undone).Items)).Key);
    }

    [Fact]
    public void An_undo_that_gives_no_id_undoes_what_it_describes()
    {
        var followed = Facts(Meaning("follow"))[0];
        var undo = Assert.IsType<Undo>(Assert.IsType<TakeFact>(Assert.Single(Meaning("follow-undone-without-id").Items)).Fact);
        Assert.Equal((followed.Actor, followed.Target, followed.Type), (undo.Original.Actor, undo.Original.Target, undo.Original.Type));
        Assert.Equal((null, followed.Object), (undo.Original.Id, undo.Original.Object));
        Assert.Equal(Some.Moment("2026-11-20T11:00:00Z"), undo.At);
    }

    [Fact]
    public void Nobody_takes_back_what_another_did()
    {
        var another = Translate(
            """{"type":"Undo","actor":"https://gull.example/users/rafa","object":"https://tidal.example/users/mira#likes/48213"}"""
        );
        Assert.NotEqual(((RememberFacts)Meaning("like").Items[0]).Key, Assert.IsType<TakeBack>(Assert.Single(another.Items)).Key);
    }

    [Theory]
    [InlineData("\"Like\"")]
    [InlineData("\"as:Like\"")]
    [InlineData("\"https://www.w3.org/ns/activitystreams#Like\"")]
    [InlineData("[\"Like\"]")]
    [InlineData("[\"schema:LikeAction\", 7, \"Like\"]")]
    public void A_type_may_be_prefixed_or_one_of_several(string type) => Assert.Equal(InteractionType.Like, Single(type).Type);

    [Theory]
    [InlineData("\"https://a.example/users/mira\"")]
    [InlineData("""{"id":"https://a.example/users/mira","type":"Person"}""")]
    [InlineData("""["https://a.example/users/mira"]""")]
    [InlineData("""[{"id":"https://a.example/users/Mira"},"https://b.example/users/another"]""")]
    public void An_actor_may_be_a_string_an_object_or_an_array(string actor) =>
        Assert.Equal("fediverse:mira@a.example", Single("\"Like\"", actor).Actor.Value);

    [Theory]
    [InlineData("\"https://b.example/users/tove/statuses/1\"", "fediverse:tove@b.example")]
    [InlineData("\"https://b.example/@tove/1\"", "fediverse:tove@b.example")]
    [InlineData("\"https://b.example/@tove/statuses/1\"", "fediverse:tove@b.example")]
    [InlineData("\"https://b.example/p/tove/1\"", "fediverse:tove@b.example")]
    [InlineData("\"https://b.example:8443/users/tove/statuses/1\"", "fediverse:tove@b.example:8443")]
    [InlineData("\"https://b.example/ap/users/115520118/statuses/1\"", "fediverse:https://b.example/ap/users/115520118")]
    [InlineData("""{"id":"https://b.example/objects/1","attributedTo":"https://b.example/users/tove"}""", "fediverse:tove@b.example")]
    [InlineData(
        """{"id":"https://b.example/objects/1","attributedTo":[{"id":"https://b.example/profile/tove"}]}""",
        "fediverse:tove@b.example"
    )]
    [InlineData("""{"id":"https://b.example/users/tove/statuses/1"}""", "fediverse:tove@b.example")]
    [InlineData(
        """[{"id":"https://b.example/o/1","attributedTo":"https://b.example/?author=3"}]""",
        "fediverse:https://b.example/?author=3"
    )]
    public void The_author_of_what_is_liked_gains(string post, string target) =>
        Assert.Equal(target, Single("\"Like\"", what: post).Target!.Value.Value);

    [Theory]
    [InlineData("https://B.example/users/Tove/", "tove@b.example")]
    [InlineData("http://b.example:443/@tove", "tove@b.example:443")]
    [InlineData("https://b.example:443/@tove", "tove@b.example")]
    [InlineData("https://my_host.example/u/tove", "tove@my_host.example")]
    [InlineData("https://bücher.example/@tove", "tove@xn--bcher-kva.example")]
    [InlineData("https://threads.net/ap/users/1784/", "https://threads.net/ap/users/1784")]
    [InlineData("https://www.threads.net/ap/users/1784", "https://threads.net/ap/users/1784")]
    [InlineData("https://www.threads.net/@tove", "tove@threads.net")]
    [InlineData("https://mk.example/users/9abc3def1g", "https://mk.example/users/9abc3def1g")]
    [InlineData("https://mk.example/users/a1x9y8z7w6v5u4t3", "https://mk.example/users/a1x9y8z7w6v5u4t3")]
    [InlineData("https://mk.example/users/01hv3k9b6q8x7z5w4r2t1y0m9n", "https://mk.example/users/01hv3k9b6q8x7z5w4r2t1y0m9n")]
    [InlineData("https://mk.example/users/5f1a2b3c4d5e6f7a8b9c0d1e", "https://mk.example/users/5f1a2b3c4d5e6f7a8b9c0d1e")]
    [InlineData("https://b.example/users/alice12345", "alice12345@b.example")]
    [InlineData("https://b.example/users/bartholomew", "bartholomew@b.example")]
    [InlineData("https://b.example/users/anna_maria", "anna_maria@b.example")]
    [InlineData("https://b.example/@9abc3def1g", "9abc3def1g@b.example")]
    public void One_account_has_one_form(string address, string account) =>
        Assert.Equal($"fediverse:{account}", Single("\"Follow\"", what: $"\"{address}\"").Target!.Value.Value);

    [Theory]
    [InlineData("https://b.\\u200d/@tove")]
    [InlineData("https://😀.example/@tove")]
    [InlineData("https://b..example/@tove")]
    [InlineData("https://xn--\\uFFFD/@tove")]
    [InlineData("https://[::1]/@tove")]
    [InlineData("https:///@tove")]
    public void A_host_that_is_none_names_nobody_or_somebody_but_breaks_nothing(string address) =>
        Assert.InRange(Translate(Activity("\"Follow\"", "\"https://a.example/users/mira\"", $"\"{address}\"")).Items.Count, 0, 1);

    [Theory]
    [InlineData(""" "to":["https://www.w3.org/ns/activitystreams#Public"] """, true)]
    [InlineData(""" "cc":"as:Public" """, true)]
    [InlineData(""" "to":"https://a.example/users/mira/followers" """, false)]
    [InlineData(""" "published":"2026-11-20T11:00:00Z" """, false)]
    public void A_share_counts_where_everybody_sees_it(string addressing, bool counts)
    {
        var share = $$"""
            {"id":"https://a.example/1","type":"Announce","actor":"https://a.example/users/mira",
            "object":"https://b.example/users/tove/statuses/1",{{addressing}}}
            """;
        Assert.Equal(counts ? 1 : 0, Translate(share).Items.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""","to":"as:Public" """, true)]
    [InlineData(""","to":"https://b.example/users/tove/followers" """, false)]
    public void A_like_counts_unless_what_is_liked_is_for_few(string addressing, bool counts)
    {
        var note = $$"""{"type":"Note","id":"https://b.example/users/tove/statuses/1"{{addressing}}}""";
        Assert.Equal(counts ? 1 : 0, Translate(Activity("\"Like\"", "\"https://a.example/users/mira\"", note)).Items.Count);
    }

    // A group could otherwise make up what its members did.
    [Theory]
    [InlineData("https://a.example/1", true)]
    [InlineData("https://group.example/1", false)]
    public void A_group_passes_on_only_what_is_of_the_members_server(string id, bool counts)
    {
        var like = $$"""
            {"id":"{{id}}","type":"Like","actor":"https://a.example/users/mira","object":"https://b.example/users/tove/statuses/1"}
            """;
        var passed = Translate(Activity("\"Announce\"", "\"https://group.example/c/tides\"", like));
        Assert.Equal(counts ? ["fediverse:mira@a.example"] : [], Facts(passed).Select(f => f.Actor.Value));
    }

    [Theory]
    [InlineData("{\"type\":\"x\"}\n\n{\"type\":\"x\"}\r\n", 2)]
    [InlineData("\uFEFF{\"type\":\"x\"}\n{\"type\":\"x\"}", 2)]
    [InlineData("{\n\"type\":\n\"x\"\n}\n", 1)]
    [InlineData("[{\"type\":\"x\"},{\"type\":\"x\"}]", 2)]
    public void Events_may_come_a_line_each(string body, int events) => Assert.Equal(events, Translate(body).Skipped["x"]);

    [Theory]
    [InlineData("{\"type\":\"x\"} {\"type\":\"x\"}")]
    [InlineData("{\"type\":\"x\"}\n{")]
    [InlineData("{}\n],[\n{}")]
    [InlineData("\n")]
    public void Lines_that_are_no_events_are_no_body(string body) => Assert.Null(Fediverse.Translate(Some.Delivery(body), Some.Now));

    [Theory]
    [InlineData("\"https://b.example/notes/9zw4\"")]
    [InlineData("\"https://b.example/objects/9zw4\"")]
    [InlineData("\"https://b.example/users/tove\"")]
    [InlineData("\"https://b.example/p/tove\"")]
    [InlineData("\"tag:b.example,2026:1\"")]
    [InlineData("\"https://name:word@b.example/users/tove/statuses/1\"")]
    [InlineData("\"https://[::1]/users/tove/statuses/1\"")]
    [InlineData("""{"id":"https://b.example/notes/9zw4","attributedTo":"tove"}""")]
    public void A_post_that_tells_no_author_is_counted_by_type(string post)
    {
        var meaning = Translate(Activity("\"Like\"", "\"https://a.example/users/mira\"", post));
        Assert.Empty(meaning.Items);
        Assert.Equal(["Like.unknown_author"], meaning.Skipped.Keys);
    }

    [Theory]
    [InlineData("note", "post mention")]
    [InlineData("reply", "reply mention")]
    [InlineData("reply-embedded", "reply")]
    [InlineData("reply-to-unknown-author", "mention")]
    [InlineData("quote", "quote")]
    [InlineData("note-private", "")]
    [InlineData("poll-vote", "")]
    public void A_note_is_what_it_answers_quotes_and_names(string sample, string types) =>
        Assert.Equal(types, string.Join(' ', Facts(Meaning(sample)).Select(f => f.Type.ToString().ToLowerInvariant())));

    [Fact]
    public void The_community_is_where_each_of_those_who_gain_lives() =>
        Assert.Equal(["saltmarsh.example", "tidal.example"], Facts(Meaning("reply")).Select(f => f.Context.Community));

    [Fact]
    public void It_may_come_with_a_function_key() => Assert.True(Fediverse.IsForwarded);

    private static Interaction Single(
        string type,
        string actor = "\"https://a.example/users/mira\"",
        string what = "\"https://b.example/users/tove/statuses/1\""
    ) => Assert.Single(Facts(Translate(Activity(type, actor, what))));

    private static string Activity(string type, string actor, string what) =>
        $$"""{"id":"https://a.example/1","type":{{type}},"actor":{{actor}},"object":{{what}} }""";

    private static Translation Translate(string body) => Fediverse.Translate(Some.Delivery(body), Some.Now)!;

    private static Translation Meaning(string sample) => Fediverse.Translate(new Sample("activitystreams", sample).Delivery, Some.Now)!;

    private static IReadOnlyList<Interaction> Facts(Translation meaning) =>
        [.. meaning.Items.SelectMany(i => i is RememberFacts r ? r.Facts.Cast<Interaction>() : [(Interaction)((TakeFact)i).Fact])];
}
