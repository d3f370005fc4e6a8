using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class GitLabTests
{
    private const string SigningToken = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", false)]
    public void A_signing_token_signs_as_standard_webhooks_do(string signature, bool isGenuine)
    {
        var delivery = Some.Delivery(
            """{"test": 2432232314}""",
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature)
        );
        Assert.Equal(isGenuine, Some.Connector("gitlab").VerifySignature(delivery, Some.Settings(SigningToken), 1614265330));
    }

    [Theory]
    [InlineData("an older token", true)]
    [InlineData("another token", false)]
    [InlineData("", false)]
    public void The_older_token_is_shown_as_it_is(string shown, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("gitlab")
                .VerifySignature(Some.Delivery("{}", ("X-Gitlab-Token", shown)), Some.Settings(SigningToken, "an older token"), Some.Now)
        );

    [Fact]
    public void A_signing_token_that_is_shown_proves_nothing() =>
        Assert.False(
            Some.Connector("gitlab")
                .VerifySignature(Some.Delivery("{}", ("X-Gitlab-Token", SigningToken)), Some.Settings(SigningToken), Some.Now)
        );

    [Fact]
    public void What_is_signed_with_an_older_token_is_genuine()
    {
        var gitlab = Some.Connector("gitlab");
        var signed = Some.Delivery(Encoding.UTF8.GetBytes("{}"), gitlab.Sign(default, "an older token", Some.Now));
        Assert.True(gitlab.VerifySignature(signed, Some.Settings("an older token"), Some.Now));
    }

    [Theory]
    [InlineData("ghost")]
    [InlineData("ghost1")]
    [InlineData("project_41_bot_8f2c1d")]
    [InlineData("group_7_bot")]
    [InlineData("service_account_group_12_ab")]
    [InlineData("Support-Bot")]
    public void Software_neither_gives_nor_gains(string login)
    {
        Assert.Equal([Translation.Bot], Skipped(Issue(login, "")));
        Assert.Equal(["post"], Kinds(Issue("ann", $"@{login} and @all")));
    }

    [Theory]
    [InlineData("ghostwriter")]
    [InlineData("project_x_bot")]
    [InlineData("robot")]
    public void A_person_may_be_called_nearly_so(string login) => Assert.Equal(["post"], Kinds(Issue(login, "")));

    [Theory]
    [InlineData("https://gitlab.com", "gitlab:ann")]
    [InlineData("https://GitLab.com/", "gitlab:ann")]
    [InlineData("https://git.example.org", "gitlab:git.example.org/ann")]
    [InlineData("http://git.example.org:8080", "gitlab:git.example.org:8080/ann")]
    public void Other_servers_people_are_other_people(string instance, string account)
    {
        var facts = Translate(Issue("Ann", ""), ("X-Gitlab-Instance", instance)).Items;
        Assert.Equal(account, ((Interaction)((TakeFact)facts.Single()).Fact).Actor.Value);
    }

    [Theory]
    [InlineData("""  "project":{"visibility_level":0}  """, "emoji.private")]
    [InlineData("""  "snippet":{"visibility_level":0}  """, "emoji.private")]
    [InlineData("""  "event_type":"confidential_issue"  """, "emoji.confidential")]
    [InlineData("""  "issue":{"confidential":true}  """, "emoji.confidential")]
    [InlineData("""  "note":{"internal":true}  """, "emoji.confidential")]
    public void What_few_may_see_is_not_scored(string member, string name) =>
        Assert.Equal(
            [name],
            Skipped(
                $$$"""
                {"object_kind":"emoji","user":{"id":1,"username":"ann"},"object_attributes":{"id":1,"action":"award"},{{{member}}}}
                """
            )
        );

    [Fact]
    public void A_host_that_cannot_be_encoded_is_none()
    {
        var translation = Translate(Issue("ann", ""), ("X-Gitlab-Instance", $"https://{new string('ü', 300)}.example"));
        Assert.Null(
            Some.Connector("gitlab").InstanceOf(Some.Delivery("{}", ("X-Gitlab-Instance", $"https://{new string('ü', 300)}.example")))
        );
        Assert.Single(translation.Items);
    }

    private static string Issue(string login, string text) =>
        $$$"""
            {"object_kind":"issue","user":{"id":1,"username":"{{{login}}}"},
            "project":{"web_url":"https://gitlab.com/g/p","visibility_level":20},
            "object_attributes":{"id":9,"action":"open","created_at":"2026-11-20 08:15:00 UTC","description":"{{{text}}}"}}
            """;

    private static Translation Translate(string body, params (string Name, string Value)[] headers) =>
        Some.Connector("gitlab").Translate(Some.Delivery(body, headers), Some.Now)!;

    private static IEnumerable<string> Skipped(string body) => Translate(body).Skipped.Keys;

    private static IEnumerable<string> Kinds(string body) =>
        Translate(body).Items.Select(i => ((Interaction)((TakeFact)i).Fact).Type.ToString().ToLowerInvariant());
}
