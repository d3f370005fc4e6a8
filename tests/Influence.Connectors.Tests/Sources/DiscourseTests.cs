namespace Influence.Connectors.Tests.Sources;

public sealed class DiscourseTests
{
    [Theory]
    [InlineData("my_lovely_secret_for_web_hook", """{"ping":"OK"}""", true)]
    [InlineData("my_lovely_secret_for_web_hook", """{"ping":"KO"}""", false)]
    [InlineData("my_lonely_secret_for_web_hook", """{"ping":"OK"}""", false)]
    public void The_vector_of_the_documentation_holds(string secret, string body, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("discourse")
                .VerifySignature(
                    Some.Delivery(
                        body,
                        ("X-Discourse-Event-Signature", "sha256=162f107f6b5022353274eb1a7197885cfd35744d8d08e5bcea025d309386b7d6")
                    ),
                    Some.Settings(secret),
                    Some.Now
                )
        );

    [Fact]
    public void A_form_means_what_its_json_means()
    {
        var (json, form) = (new Sample("discourse", "liked"), new Sample("discourse", "liked-as-form"));
        Assert.Equal(File.ReadAllText(json.ExpectedFile), File.ReadAllText(form.ExpectedFile));
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("https://xn--\uFFFD")]
    [InlineData("file:///forum")]
    public void A_forum_that_does_not_say_its_name_is_counted_not_scored(string instance)
    {
        var body = System.Text.Encoding.UTF8.GetString(new Sample("discourse", "reply").Body);
        var meaning = Some.Connector("discourse")
            .Translate(Some.Delivery(body, ("X-Discourse-Event", "post_created"), ("X-Discourse-Instance", instance)), Some.Now)!;
        Assert.Empty(meaning.Items);
        Assert.Equal([Translation.Malformed], meaning.Skipped.Keys);
    }

    [Theory]
    [InlineData("[quote=\"Ann, post:2, topic:11\"]@x[/quote]\n@bob", "ann", "bob")]
    [InlineData("[quote=ann]\n@x\n[quote=bob]\n@y\n[/quote]\n@z\n[/quote] @cat", "ann", "cat")]
    [InlineData("[QUOTE=\"Doe, John, post:1, topic:2, username:JDoe\"]\n@x\n[/QUOTE]", "jdoe", "")]
    [InlineData("[quote]\n@x\n[/quote]\n@bob", "", "bob")]
    [InlineData("[quote=\"ann\"] never ends @bob", "", "bob")]
    [InlineData("[/quote] @bob [b]x[/b]", "", "bob")]
    [InlineData("> @x\n@bob", "", "bob")]
    [InlineData(null, "", "")]
    public void A_post_quotes_and_mentions(string? raw, string quoted, string mentioned)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(raw);
        var delivery = Some.Delivery(
            $$$"""{"post":{"id":1,"username":"writer","raw":{{{text}}} } }""",
            ("X-Discourse-Event", "post_created"),
            ("X-Discourse-Instance", "https://a.example")
        );
        var facts = Some.Connector("discourse")
            .Translate(delivery, Some.Now)!
            .Items.OfType<RememberFacts>()
            .SelectMany(r => r.Facts.Cast<Interaction>())
            .ToLookup(f => f.Type, f => f.Target!.Value.Value["discourse:a.example/".Length..]);
        Assert.Equal(quoted, string.Join(' ', facts[InteractionType.Quote]));
        Assert.Equal(mentioned, string.Join(' ', facts[InteractionType.Mention]));
    }
}
