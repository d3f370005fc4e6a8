using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class MetaTests
{
    [Theory]
    [InlineData("It's a Secret to Everybody", "Hello, World!", true)]
    [InlineData("It's a Secret to Everybody", "Hello, World?", false)]
    public void A_delivery_is_signed_as_those_of_github_are(string secret, string body, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("meta")
                .VerifySignature(
                    Some.Delivery(body, ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
                    Some.Settings(secret),
                    Some.Now
                )
        );

    [Theory]
    [InlineData("subscribe", "the token", "1158201444", "1158201444")]
    [InlineData("subscribe", "the tokeN", "1158201444", null)]
    [InlineData("subscribe", "", "1158201444", null)]
    [InlineData("unsubscribe", "the token", "1158201444", null)]
    [InlineData("subscribe", "the token", "", null)]
    [InlineData("subscribe", "the token", "<script>", null)]
    public void The_challenge_goes_back_to_who_knows_the_token(string mode, string token, string challenge, string? expected)
    {
        var settings = Some.Settings("secret");
        settings.VerifyToken = "the token";
        var reply = Some.Connector("meta")
            .AnswerHandshake(Some.Get(("hub.mode", mode), ("hub.verify_token", token), ("hub.challenge", challenge)), settings);
        Assert.Equal(expected, reply?.Body);
        if (reply is not null)
            Assert.StartsWith("text/plain", reply.ContentType, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_token_in_the_settings_nobody_is_greeted(string? token)
    {
        var settings = Some.Settings("secret");
        settings.VerifyToken = token;
        Assert.Null(
            Some.Connector("meta")
                .AnswerHandshake(Some.Get(("hub.mode", "subscribe"), ("hub.verify_token", ""), ("hub.challenge", "1")), settings)
        );
        Assert.Null(Some.Connector("meta").AnswerHandshake(Some.Get(("hub.mode", "subscribe"), ("hub.challenge", "1")), settings));
    }

    [Theory]
    [InlineData("page-reaction", "page-like-older")]
    [InlineData("instagram-comment", "instagram-comment-flat")]
    public void Twins_and_shapes_mean_the_same(string one, string another)
    {
        var (first, second) = (Fact(one), Fact(another));
        Assert.Equal((first.Actor, first.Target, first.Id, first.At), (second.Actor, second.Target, second.Id, second.At));
    }

    [Theory]
    [InlineData("page-reaction", "page-reaction-removed")]
    [InlineData("page-comment", "page-comment-removed")]
    public void A_removal_takes_back_what_was_added(string added, string removed)
    {
        var (fact, undo) = (Fact(added), ((Undo)((TakeFact)Meaning(removed).Items.Single()).Fact).Original);
        Assert.Equal((fact.Actor, fact.Target, fact.Id), (undo.Actor, undo.Target, undo.Id));
    }

    [Fact]
    public void A_deletion_on_threads_names_whatever_the_post_is_remembered_as()
    {
        var remembered = Meaning("threads-reply").Items.Cast<RememberFacts>().Select(i => i.Key).ToArray();
        Assert.Equal(2, remembered.Length);
        Assert.Equal(remembered, Meaning("threads-deleted").Items.Cast<TakeBack>().Select(i => i.Key));
    }

    [Fact]
    public void Nobody_takes_back_what_another_said_on_threads()
    {
        var body = Encoding
            .UTF8.GetString(new Sample("meta", "threads-deleted").Body)
            .Replace("jon.aske", "somebody.else", StringComparison.Ordinal);
        var takenBack = Some.Connector("meta").Translate(Some.Delivery(body), Some.Now)!.Items.Cast<TakeBack>().Select(i => i.Key);
        Assert.Empty(takenBack.Intersect(Meaning("threads-reply").Items.Cast<RememberFacts>().Select(i => i.Key)));
    }

    [Fact]
    public void The_moment_is_the_updates_own_and_not_that_of_sending() =>
        Assert.Equal(Some.Moment("2026-11-20T09:21:07Z"), Fact("page-reaction").At);

    [Fact]
    public void An_update_without_a_moment_is_remembered_as_first_sent()
    {
        var item = Assert.IsType<RememberFacts>(Meaning("instagram-comment").Items.Single());
        Assert.Equal(
            ("instagram:5239871120044861|reply:17899441276003310", Some.Moment("2026-11-20T09:36:20Z")),
            (item.Key, item.Facts[0].At)
        );
    }

    [Fact]
    public void A_thousand_updates_are_taken_and_each_has_its_place()
    {
        var changes = Enumerable
            .Range(0, 1000)
            .Select(i =>
                $$$"""
                    {"field":"feed","value":{"item":"reaction","verb":"add","post_id":"1_2","from":{"id":"{{{i + 5}}}",
                    "name":"A"},"created_time":{{{Some.Now - i}}}}}
                    """
            );
        var body = $$"""{"object":"page","entry":[{"id":"1","time":{{Some.Now}},"changes":[{{string.Join(',', changes)}}]}]}""";
        var items = Some.Connector("meta").Translate(Some.Delivery(Encoding.UTF8.GetBytes(body), []), Some.Now)!.Items;
        Assert.Equal(Enumerable.Range(0, 1000), items.Select(i => i.Index));
        Assert.Equal(1000, items.Cast<TakeFact>().Select(i => ((Interaction)i.Fact).Actor).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"object":"page"}""", "malformed:1")]
    [InlineData("""{"object":"page","entry":[{"id":"1"},7]}""", "malformed:2")]
    [InlineData(
        """{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{}}]}]}""",
        "whatsapp_business_account:1"
    )]
    [InlineData(
        """
            {"object":"page","entry":[{"id":"1","standby":[{},{}],"changes":[{"field":"leadgen"},{"field":"feed",
            "value":{"item":"event","verb":"add"}}]}]}
            """,
        "event.add:1 leadgen:1 standby:2"
    )]
    public void What_is_unknown_or_broken_is_counted(string body, string skipped)
    {
        var meaning = Some.Connector("meta").Translate(Some.Delivery(body), Some.Now)!;
        Assert.Empty(meaning.Items);
        Assert.Equal(skipped, string.Join(' ', meaning.Skipped.OrderBy(s => s.Key).Select(s => $"{s.Key}:{s.Value}")));
    }

    private static Translation Meaning(string name) => Some.Connector("meta").Translate(new Sample("meta", name).Delivery, Some.Now)!;

    private static Interaction Fact(string name) =>
        Meaning(name).Items.Single() switch
        {
            RememberFacts r => r.Facts.Cast<Interaction>().Single(),
            var item => (Interaction)((TakeFact)item).Fact,
        };
}
