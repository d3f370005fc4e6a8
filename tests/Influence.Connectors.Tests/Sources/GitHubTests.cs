using System.Net;
using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class GitHubTests
{
    [Theory]
    [InlineData("It's a Secret to Everybody", "Hello, World!", true)]
    [InlineData("It's a Secret to Everybody", "Hello, World?", false)]
    [InlineData("It's a secret to Everybody", "Hello, World!", false)]
    public void The_vector_of_the_documentation_holds(string secret, string body, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("github")
                .VerifySignature(
                    Some.Delivery(body, ("x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
                    Some.Settings(secret),
                    Some.Now
                )
        );

    [Fact]
    public void A_form_means_what_its_json_means()
    {
        var json = Encoding.UTF8.GetString(new Sample("github", "star-created").Body);
        var form = $"payload={WebUtility.UrlEncode(json)}";
        Assert.Equal(Some.Meaning("github", json, ("X-GitHub-Event", "star")), Some.Meaning("github", form, ("X-GitHub-Event", "star")));
    }

    [Fact]
    public void Who_forks_is_a_person_also_when_the_fork_is_an_organisations() =>
        Assert.Equal("github:mira-oduya", Facts("fork-into-organisation").Single().Actor.Value);

    [Fact]
    public void A_bot_gains_nothing_but_who_is_named_does() =>
        Assert.Equal(
            [(InteractionType.Mention, "github:pilar-nunez")],
            Facts("pull-request-review-of-bot").Select(f => (f.Type, f.Target!.Value.Value))
        );

    [Theory]
    [InlineData("issue-comment-in-private-repository")]
    [InlineData("sponsorship-private")]
    public void Private_things_count_where_that_is_switched_on(string name)
    {
        var delivery = new Sample("github", name).Delivery;
        Assert.Empty(Some.Connector("github").Translate(delivery, Some.Now)!.Items);
        Assert.NotEmpty(Some.Connector("github").Translate(delivery, Some.Now, includePrivate: true)!.Items);
    }

    [Theory]
    [InlineData("https://github.com/a/b", null, "github:a", null)]
    [InlineData("https://GHE.example/a/b", null, "github:ghe.example/a", "ghe.example")]
    [InlineData("https://octo.ghe.com/a/b", null, "github:octo.ghe.com/a", "octo.ghe.com")]
    [InlineData("https://gitea.example:3000/a/b", null, "github:gitea.example:3000/a", "gitea.example:3000")]
    [InlineData("https://github.com/a/b", "GHE.example", "github:ghe.example/a", "ghe.example")]
    [InlineData("https://github.com/a/b", "github.com", "github:a", null)]
    [InlineData("https://xn--\uFFFD/a/b", null, "github:a", null)]
    public void People_of_another_server_are_other_people(string address, string? header, string owner, string? instance)
    {
        var body = $$$"""
            {"action":"created","starred_at":"2026-11-20T09:00:00Z","sender":{"login":"B","id":1},
            "repository":{"id":2,"html_url":"{{{address}}}","owner":{"login":"A"}} }
            """;
        (string, string)[] headers = [("X-GitHub-Event", "star"), .. header is null ? [] : new[] { ("X-GitHub-Enterprise-Host", header) }];
        var meaning = Some.Connector("github").Translate(Some.Delivery(body, headers), Some.Now)!;
        Assert.Equal(instance, meaning.Instance);
        Assert.Equal(owner, Assert.Single(Assert.IsType<RememberFacts>(Assert.Single(meaning.Items)).Facts).About!.Value.Value);
    }

    private static IEnumerable<Interaction> Facts(string sample) =>
        Some.Connector("github")
            .Translate(new Sample("github", sample).Delivery, Some.Now)!
            .Items.SelectMany(i => i is RememberFacts r ? r.Facts : [((TakeFact)i).Fact])
            .Cast<Interaction>();
}
