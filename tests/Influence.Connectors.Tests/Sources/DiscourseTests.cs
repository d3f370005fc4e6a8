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

    [Fact]
    public void A_forum_that_does_not_say_its_name_is_counted_not_scored()
    {
        var body = System.Text.Encoding.UTF8.GetString(new Sample("discourse", "reply").Body);
        var meaning = Some.Connector("discourse")
            .Translate(Some.Delivery(body, ("X-Discourse-Event", "post_created"), ("X-Discourse-Instance", "not a url")), Some.Now)!;
        Assert.Empty(meaning.Items);
        Assert.Equal([Translation.Malformed], meaning.Skipped.Keys);
    }
}
