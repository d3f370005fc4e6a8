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

    private static IReadOnlyList<TranslatedItem> Items(string sample) =>
        Some.Connector("slack").Translate(new Sample("slack", sample).Delivery, Some.Now)!.Items;
}
