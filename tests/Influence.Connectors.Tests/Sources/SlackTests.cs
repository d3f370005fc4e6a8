using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class SlackTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_moment_five_minutes_off_is_not_genuine(long late, bool isGenuine)
    {
        var (slack, body) = (Some.Connector("slack"), Encoding.UTF8.GetBytes("{}"));
        var signed = Some.Delivery(body, slack.Sign(body, "secret", Some.Now - late));
        Assert.Equal(isGenuine, slack.VerifySignature(signed, Some.Settings("secret"), Some.Now));
    }

    [Theory]
    [InlineData("message", "message-deleted-with-answers")]
    [InlineData("thread-reply", "thread-reply-deleted")]
    public void A_message_deleted_or_emptied_loses_all_that_it_did(string told, string deleted) =>
        Assert.Equal(Assert.Single(Items(told).OfType<RememberFacts>()).Key, Assert.IsType<TakeBack>(Assert.Single(Items(deleted))).Key);

    [Fact]
    public void The_vector_of_the_documentation_holds()
    {
        const string Body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
            + "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var delivery = Some.Delivery(
            Body,
            ("X-Slack-Request-Timestamp", "1531420618"),
            ("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
        );
        Assert.True(Some.Connector("slack").VerifySignature(delivery, Some.Settings("8f742231b10e8888abcd99yyyzzz85a5"), 1531420618));
    }

    [Theory]
    [InlineData("C1", "channel", true, true)]
    [InlineData("G1", "group", false, true)]
    [InlineData("C1", "group", false, true)]
    [InlineData("G1", null, false, true)]
    [InlineData("D1", "im", false, false)]
    [InlineData("G1", "mpim", false, false)]
    [InlineData("C1", "mpim", false, false)]
    [InlineData("D1", null, false, false)]
    [InlineData("C1", "app_home", false, false)]
    public void Conversations_count_as_public_as_they_are(string channel, string? type, bool counts, bool countsIfPrivateDoes)
    {
        var message = $$$"""
            {"team_id":"T","event":{"type":"message","user":"U1","text":"<@U2>","ts":"1795165200.1","channel":"{{{channel}}}"
            {{{(type is null ? "" : $",\"channel_type\":\"{type}\"")}}} } }
            """;
        var reaction = $$$"""
            {"team_id":"T","event":{"type":"reaction_removed","user":"U1","item_user":"U2","reaction":"a","event_ts":"1795165200.1",
            "item":{"channel":"{{{channel}}}","ts":"1.1"} } }
            """;
        foreach (var body in type is null ? [message, reaction] : new[] { message })
        foreach (var includesPrivate in new[] { false, true })
            Assert.Equal(
                includesPrivate ? countsIfPrivateDoes : counts,
                Some.Connector("slack").Translate(Some.Delivery(body), Some.Now, includesPrivate)!.Items.Count > 0
            );
    }

    [Theory]
    [InlineData("<@U1> <@u2|bob> <@U1>", "U1 u2")]
    [InlineData("```<@U1>``` <@U2>", "U2")]
    [InlineData("``` <@U1>", "U1")]
    [InlineData("`<@U1>` `<@U2>", "U2")]
    [InlineData("&gt; <@U1>\n<@U2>", "U2")]
    [InlineData("<@U1>\n&gt;&gt;&gt; <@U2>\n<@U3>", "U1")]
    [InlineData("<@U1 <@> <@|x> <!here> <#C1>", "")]
    public void People_are_named_outside_of_code_and_quotations(string text, string users)
    {
        var body = $$$"""
            {"team_id":"T","event":{"type":"message","user":"U9","ts":"1795165200.1","channel":"C1",
            "text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}} } }
            """;
        var facts = Some.Connector("slack")
            .Translate(Some.Delivery(body), Some.Now)!
            .Items.OfType<RememberFacts>()
            .SelectMany(r => r.Facts);
        Assert.Equal(users, string.Join(' ', facts.Select(f => ((Interaction)f).Id!.Split(':')[^1])));
    }

    // In a channel shared with another company, nobody is two people.
    [Fact]
    public void Who_answers_oneself_in_a_shared_channel_is_the_same_person()
    {
        const string Body = """
            {"team_id":"T1","event":{"type":"message","user":"U1","user_team":"T2","team":"T2","text":"x","ts":"1795165200.1",
            "thread_ts":"1795165100.1","parent_user_id":"U1","channel":"C1"} }
            """;
        var meaning = Some.Connector("slack").Translate(Some.Delivery(Body), Some.Now)!;
        Assert.Equal([Translation.SelfInteraction], meaning.Skipped.Keys);
    }

    private static IReadOnlyList<TranslatedItem> Items(string sample) =>
        Some.Connector("slack").Translate(new Sample("slack", sample).Delivery, Some.Now)!.Items;
}
