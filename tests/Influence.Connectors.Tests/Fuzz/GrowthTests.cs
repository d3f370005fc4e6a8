using Xunit.Abstractions;

namespace Influence.Connectors.Tests.Fuzz;

/// <summary>A body of many like parts costs in proportion to its length, whatever the parts are.</summary>
public sealed class GrowthTests(ITestOutputHelper output)
{
    private const double MostEffort = 100;

    // Members are looked for from the last to the first, so that the many stand last. A loop over the one within a loop
    // over the other would be seen at once.
    [Theory]
    [InlineData(
        "x",
        "",
        """
            {"data":[*{"event_type":"post.create","payload":{"id":"1","author_id":"2",
            "referenced_tweets":[{"type":"quoted","id":"3"}]}}*],"includes":{"tweets":[*{"id":"4"}*]}}
            """
    )]
    [InlineData(
        "x",
        "",
        """
            {"data":{"event_type":"like.create","payload":{"liked_tweet_id":"1"},"includes":{"users":[*{"id":"2"}*],
            "tweets":[*{"id":"4"}*]}}}
            """
    )]
    [InlineData("x", "", """{"data":[*{"event_type":"follow.follow"}*],*"":0*}""")]
    [InlineData(
        "x",
        "",
        """
            {"tweet_create_events":[{"id":1,"user":{"id":2},"display_text_range":[9,9],
            "entities":{"user_mentions":[*{"indices":[0]}*]},*"":0*}]}
            """
    )]
    [InlineData("meta", "", """{"object":"page","entry":[*{}*],*"":0*}""")]
    [InlineData(
        "meta",
        "",
        """{"object":"page","entry":[{"id":"1","changes":[*{"field":"feed","value":{"item":"like","verb":"add"}}*],*"":0*}]}"""
    )]
    [InlineData("meta", "", """{"values":[*{"field":"replies","value":{"id":"1","username":"a"}}*],*"":0*}""")]
    [InlineData(
        "github",
        "issue_comment",
        """
            {"action":"created","issue":{"user":{"login":"a"}},"comment":{"user":{"login":"b"},
            "body":"@c @d @e @f @g @h @i @j @k @l @m @n @o @p @q @r @s @t @u @v"},"repository":{"topics":[*""*]}}
            """
    )]
    [InlineData("linkedin", "", """{"notifications":[*{"action":"LIKE"}*],*"":0*}""")]
    [InlineData("slack", "", """{"team_id":"T","event":{"type":"message","text":"@","ts":"1.2",*"":0*,"attachments":[*{}*]}}""")]
    [InlineData(
        "bluesky",
        "",
        """
            {"kind":"commit","did":"did:plc:a","commit":{"operation":"create","collection":"app.bsky.feed.post",
            "rkey":"a","record":{*"":0*,"facets":[*{}*],"tags":[*""*]}}}
            """
    )]
    [InlineData(
        "activitystreams",
        "",
        """
            {"type":"Create","actor":"https://a.example/users/b","object":{"type":"Note","id":"https://a.example/1",
            *"":0*,"tag":[*{"type":"Mention"}*],"to":[*""*]}}
            """
    )]
    [InlineData(
        "gitlab",
        "",
        """
            {"object_kind":"note","user":{"id":1,"username":"a"},"project":{"web_url":"https://a.example/b"},*"":0*,
            "assignees":[*{}*],"merge_request":{"author_id":2},"object_attributes":{"note":"@b","noteable_type":"MergeRequest","id":1}}
            """
    )]
    [InlineData(
        "gitea",
        "issue_comment",
        """
            {"action":"created","issue":{"user":{"id":1,"login":"a"}},"comment":{"id":1,"user":{"id":2,"login":"b"},
            "body":"@c @d @e @f @g @h @i @j @k @l @m @n @o @p @q @r @s @t @u @v"},"repository":{"html_url":"https://a.example",
            "topics":[*""*]}}
            """
    )]
    [InlineData(
        "mastodon",
        "",
        """
            {"event":"status.created","object":{"uri":"https://a.example/1","visibility":"public","account":{"url":"https://a.example/@b"},
            "in_reply_to_account_id":"9",*"":0*,"mentions":[*{}*],"tags":[*{}*]}}
            """
    )]
    [InlineData(
        "telegram",
        "",
        """
            {"message":{"message_id":1,"from":{"id":1},"chat":{"id":2,"type":"group","username":"a"},"date":1,"text":"a",*"":0*,
            "entities":[*{"type":"mention"}*]}}
            """
    )]
    [InlineData(
        "twitch",
        "",
        """
            {"subscription":{"type":"channel.chat.message"},"event":{"broadcaster_user_id":"1","chatter_user_id":"2","message_id":"3",
            *"":0*,"badges":[*{}*],"message":{"text":"#","fragments":[*{"mention":{"user_id":"4"}}*]}}}
            """
    )]
    [InlineData(
        "farcaster",
        "",
        """
            {"type":"cast.created","data":{"hash":"0x1","author":{"fid":1},"text":"#",*"":0*,"embeds":[*{"cast_id":{"fid":2}}*],
            "mentioned_profiles":[*{"fid":3}*]}}
            """
    )]
    public void Work_grows_with_the_body_and_not_with_its_square(string source, string eventName, string shape)
    {
        var parts = shape.Split('*');
        // Odd parts are repeated.
        var each = (1 << 18) / (parts.Length / 2);
        var body = string.Concat(parts.Select((p, i) => i % 2 == 0 ? p : string.Join(',', Enumerable.Repeat(p, each / (p.Length + 1)))));
        var delivery = Some.Delivery(body, ("X-GitHub-Event", eventName), ("X-Gitea-Event", eventName));
        Assert.NotNull(Some.Connector(source).Translate(delivery, Some.Now));
        var effort = Effort.Of(Some.Connector(source), delivery);
        output.WriteLine($"{effort:f1} times the parsing");
        Assert.InRange(effort, 0, MostEffort);
    }

    // Parsing passes over a text almost for nothing: 32 times the text, where a square would take 1,024 times as long.
    [Theory]
    [InlineData("discourse", "[quote=a]")]
    [InlineData("discourse", "[quote=a][/quote]")]
    [InlineData("discourse", "[")]
    [InlineData("slack", "`<@U1>")]
    [InlineData("slack", "```<@U1>")]
    [InlineData("slack", "&gt;<@")]
    [InlineData("github", "@a [b](c ")]
    [InlineData("x", "#a")]
    [InlineData("meta", "#a@")]
    public void A_long_text_takes_time_in_proportion(string source, string text)
    {
        Action Of(int length)
        {
            var repeated = string.Concat(Enumerable.Repeat(text, length / text.Length));
            var body = source switch
            {
                "discourse" => $$$"""{"post":{"id":1,"username":"a","raw":"@b{{{repeated}}}"} }""",
                "slack" => $$$"""{"team_id":"T","event":{"type":"message","user":"U","channel":"C","ts":"1.2","text":"{{{repeated}}}"} }""",
                "github" => $$$"""{"action":"opened","issue":{"node_id":"I","user":{"login":"a"},"body":"{{{repeated}}}"} }""",
                "x" => $$$$"""{"data":{"event_type":"post.create","payload":{"id":"1","author_id":"2","text":"{{{{repeated}}}}"}}}""",
                _ => $$$"""{"values":[{"field":"mentions","value":{"id":"1","username":"a","text":"{{{repeated}}}"} }]}""",
            };
            var delivery = Some.Delivery(
                body,
                ("X-GitHub-Event", "issues"),
                ("X-Discourse-Event", "post_created"),
                ("X-Discourse-Instance", "https://a.example")
            );
            Assert.NotNull(Some.Connector(source).Translate(delivery, Some.Now));
            return () => Some.Connector(source).Translate(delivery, Some.Now);
        }

        var growth = Effort.Growth(Of(1 << 15), Of(1 << 20));
        output.WriteLine($"{growth:f1} times as long");
        Assert.InRange(growth, 0, 250);
    }
}
