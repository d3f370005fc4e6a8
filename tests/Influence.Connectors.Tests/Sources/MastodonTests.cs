namespace Influence.Connectors.Tests.Sources;

public sealed class MastodonTests
{
    [Theory]
    [InlineData("a-mastodon-secret", true)]
    [InlineData("a-mastodon-secret ", false)]
    public void The_signature_is_that_of_the_body(string secret, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("mastodon")
                .VerifySignature(
                    Some.Delivery("""{"event":"status.created"}""", ("X-Hub-Signature", $"sha256={Vector}")),
                    Some.Settings(secret),
                    Some.Now
                )
        );

    [Theory]
    [InlineData("https://tide.example/@ines", "https://tide.example/users/ines", "fediverse:ines@tide.example")]
    [InlineData("https://tide.example/@Ines", "https://tide.example/ap/users/114", "fediverse:ines@tide.example")]
    [InlineData("https://video.example/accounts/ines", "https://video.example/accounts/ines", "fediverse:ines@video.example")]
    public void A_person_is_who_they_are_for_activitystreams(string url, string uri, string account) =>
        Assert.Equal(
            account,
            ((Interaction)((TakeFact)Status($$$"""{"id":"1","url":"{{{url}}}","uri":"{{{uri}}}"}""", "public").Items.Single()).Fact)
                .Actor
                .Value
        );

    [Theory]
    [InlineData("\"private\"")]
    [InlineData("\"direct\"")]
    [InlineData("\"limited\"")]
    [InlineData("null")]
    public void Only_what_everybody_may_read_is_scored(string visibility) =>
        Assert.Equal(["status.not_public"], Status("{}", visibility.Trim('"')).Skipped.Keys);

    [Theory]
    [InlineData("status", "tide.example")]
    [InlineData("boost", "tide.example")]
    [InlineData("account-created", "tide.example")]
    public void Every_event_names_its_instance(string sample, string instance) =>
        Assert.Equal(instance, Some.Connector("mastodon").Translate(new Sample("mastodon", sample).Delivery, Some.Now)!.Instance);

    [Fact]
    public void A_report_is_of_the_instance_whose_own_account_is_in_it() =>
        Assert.Equal(
            "tide.example",
            Some.Connector("mastodon")
                .Translate(
                    Some.Delivery(
                        """
                        {"event":"report.created","object":{"account":{"domain":"kelp.example","account":{"url":"https://kelp.example/@a"}},
                        "target_account":{"domain":null,"account":{"url":"https://tide.example/@b"}}}}
                        """
                    ),
                    Some.Now
                )!
                .Instance
        );

    private const string Vector = "f47f7f8fe3fbb785965fab0887d1fc90fb44cf549e6512de7d9529a842e58f29";

    private static Translation Status(string account, string visibility) =>
        Some.Connector("mastodon")
            .Translate(
                Some.Delivery(
                    $$$"""
                    {"event":"status.created","object":{"uri":"https://tide.example/1","created_at":"2026-11-20T09:00:00Z",
                    "visibility":"{{{visibility}}}","account":{{{account}}}}}
                    """
                ),
                Some.Now
            )!;
}
