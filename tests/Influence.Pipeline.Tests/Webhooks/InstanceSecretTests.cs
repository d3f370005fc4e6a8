using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Tests.Webhooks;

/// <summary>Whose secret may sign under the name of which server.</summary>
public sealed class InstanceSecretTests : IAsyncLifetime
{
    private const string Plain = "the plain secret";
    private const string OfNorth = "the secret of north";
    private const string OfSouth = "the secret of south";
    private const string Post = """{"post":{"id":1,"username":"ann","user_id":3,"created_at":"2026-11-20T09:00:00Z","raw":"@bob"}}""";

    private App app = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("https://north.example", OfNorth, true)]
    [InlineData("https://NORTH.example/forum", OfNorth, true)]
    [InlineData("https://south.example:8443", OfSouth, true)]
    [InlineData("https://north.example", OfSouth, false)]
    [InlineData("https://south.example:8443", OfNorth, false)]
    [InlineData("https://south.example", OfSouth, false)]
    [InlineData("https://east.example", OfNorth, false)]
    [InlineData("https://east.example", Plain, false)]
    [InlineData("https://north.example", Plain, false)]
    [InlineData(null, OfNorth, false)]
    [InlineData(null, Plain, true)]
    public async Task A_forum_signs_under_its_own_name_only(string? instance, string secret, bool isGenuine)
    {
        app = new App(
            settings:
            [
                ("Webhooks:discourse:Secrets:0", Plain),
                ("Webhooks:discourse:Instances:north.example:Secrets:0", "an older one"),
                ("Webhooks:discourse:Instances:north.example:Secrets:1", OfNorth),
                ("Webhooks:discourse:Instances:south:Host", "South.Example:8443"),
                ("Webhooks:discourse:Instances:south:Secrets:0", OfSouth),
            ]
        );
        Assert.Equal(isGenuine, await IsGenuineAsync("discourse", Post, secret, ("X-Discourse-Instance", instance)));
    }

    [Theory]
    [InlineData("https://north.example", true)]
    [InlineData("https://south.example", true)]
    public async Task The_one_forum_of_plain_secrets_may_have_any_name(string instance, bool isGenuine)
    {
        app = new App(settings: [("Webhooks:discourse:Secrets:0", Plain)]);
        Assert.Equal(isGenuine, await IsGenuineAsync("discourse", Post, Plain, ("X-Discourse-Instance", instance)));
    }

    // Who has a secret of github.com cannot write of people of another server, in the header or only in the body; nor the other way.
    [Theory]
    [InlineData("ghe.example", "ghe.example", OfNorth, true)]
    [InlineData("ghe.example", "ghe.example", Plain, false)]
    [InlineData(null, "github.com", Plain, true)]
    [InlineData(null, "github.com", OfNorth, false)]
    [InlineData(null, "ghe.example", Plain, false)]
    [InlineData(null, "ghe.example", OfNorth, true)]
    [InlineData(null, "another.example", Plain, false)]
    public async Task A_body_may_name_a_server_only_where_its_secret_fits(string? header, string body, string secret, bool isGenuine)
    {
        app = new App(settings: [("Webhooks:github:Secrets:0", Plain), ("Webhooks:github:Instances:ghe.example:Secrets:0", OfNorth)]);
        var star = $$$"""{"action":"created","repository":{"id":1,"html_url":"https://{{{body}}}/a/b"}}""";
        Assert.Equal(isGenuine, await IsGenuineAsync("github", star, secret, ("X-GitHub-Enterprise-Host", header)));
    }

    [Theory]
    [InlineData("gitlab", "git.example", OfNorth, true)]
    [InlineData("gitlab", "git.example", Plain, false)]
    [InlineData("gitlab", "gitlab.com", Plain, true)]
    [InlineData("gitlab", "gitlab.com", OfNorth, false)]
    [InlineData("gitea", "git.example", OfNorth, true)]
    [InlineData("gitea", "git.example", Plain, false)]
    [InlineData("gitea", "another.example", OfNorth, false)]
    [InlineData("mastodon", "git.example", OfNorth, true)]
    [InlineData("mastodon", "git.example", Plain, false)]
    [InlineData("mastodon", "another.example", OfNorth, false)]
    public async Task A_server_that_only_the_body_names_signs_under_its_own_name_only(
        string source,
        string host,
        string secret,
        bool isGenuine
    )
    {
        app = new App(settings: [($"Webhooks:{source}:Secrets:0", Plain), ($"Webhooks:{source}:Instances:git.example:Secrets:0", OfNorth)]);
        var body = $$$"""
            {"repository":{"html_url":"https://{{{host}}}/a/b"},"project":{"web_url":"https://{{{host}}}/a/b"},
            "object":{"uri":"https://{{{host}}}/users/a/statuses/1"} }
            """;
        Assert.Equal(isGenuine, await IsGenuineAsync(source, body, secret, ("X-Unknown", null)));
    }

    [Theory]
    [InlineData("Webhooks:discourse:Instances:north.example:Secret:0", "x", "Webhooks__discourse__Instances__north.example__Secret")]
    [InlineData("Webhooks:discourse:Instances:north.example:Secrets", "x", "Webhooks__discourse__Instances__north.example__Secrets")]
    [InlineData("Webhooks:discourse:Instances:north.example:Host", "b.example", "Webhooks__discourse__Instances__north.example")]
    [InlineData("Webhooks:discourse:Instances:north:Secrets:0", "x", "Webhooks__discourse__Instances__north__Host")]
    [InlineData("Webhooks:discourse:Instances:https:Secrets:0", "x", "Webhooks__discourse__Instances__https__Host")]
    [InlineData("Webhooks:discourse:Instances", "x", "Webhooks__discourse__Instances")]
    [InlineData("Webhooks:discourse:Instance:north.example:Secrets:0", "x", "Webhooks__discourse__Instance")]
    [InlineData("Webhooks:x:Instances:north.example:Secrets:0", "x", "Webhooks__x__Instances")]
    [InlineData("Webhooks:discourse:IncludePrivate", "true", "Webhooks__discourse__IncludePrivate")]
    [InlineData("Webhooks:github:IncludePrivate", "yes", "Webhooks__github__IncludePrivate")]
    [InlineData(
        "Webhooks:github:Instances:a.example:Secrets:0",
        "@Microsoft.KeyVault(x)",
        "Webhooks__github__Instances__a.example__Secrets__0"
    )]
    public void A_setting_that_is_misspelt_ends_the_start(string name, string value, string named)
    {
        app = new App();
        var refusal = Assert.Throws<OptionsValidationException>(() => new WebhookSources(Settings((name, value))));
        Assert.Contains($"'{named}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", 0)]
    [InlineData("True", 1)]
    public async Task Private_repositories_count_where_the_setting_says_so(string setting, int counted)
    {
        app = new App(settings: [("Webhooks:github:Secrets:0", Plain), ("Webhooks:github:IncludePrivate", setting)]);
        const string Star = """
            {"action":"created","starred_at":"2026-11-20T09:00:00Z","sender":{"login":"b","id":1},
            "repository":{"id":2,"private":true,"owner":{"login":"a"} } }
            """;
        Assert.Equal(counted, (await SendAsync("github", Star, Plain, ("X-GitHub-Delivery", "1"))).Batch!.Accepted);
    }

    [Fact]
    public void Two_sections_of_one_host_end_the_start()
    {
        app = new App();
        var settings = Settings(
            ("Webhooks:discourse:Instances:north.example:Secrets:0", "x"),
            ("Webhooks:discourse:Instances:second:Host", "North.Example"),
            ("Webhooks:discourse:Instances:second:Secrets:0", "y")
        );
        Assert.Throws<OptionsValidationException>(() => new WebhookSources(settings));
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();

    private async Task<bool> IsGenuineAsync(string source, string body, string secret, (string Name, string? Value) header) =>
        (await SendAsync(source, body, secret, header)).Outcome == WebhookOutcome.Taken;

    private async Task<WebhookResult> SendAsync(string source, string body, string secret, (string Name, string? Value) header)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var headers = ConnectorRegistry.Find(source)!.Sign(bytes, secret, app.Now).ToDictionary(StringComparer.OrdinalIgnoreCase);
        headers["X-GitHub-Event"] = "star";
        headers["X-Discourse-Event"] = "post_created";
        if (header.Value is not null)
            headers[header.Name] = header.Value;
        return await app.Get<WebhookReceiver>().TakeSignedAsync(source, new Delivery(bytes, headers.GetValueOrDefault, _ => null), default);
    }
}
