using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Tests.Ingest;

/// <summary>Where facts were seen: nobody takes or cancels another's ids.</summary>
public sealed class SourceTests
{
    private static readonly (string, string)[] Named =
    [
        ("Writers:crm:KeyHash", HashOf("crm-key")),
        ("Writers:crm:Networks:0", "Net"),
        ("Writers:crm:Networks:1", "mastodon"),
        ("Writers:backfill:KeyHash", HashOf("backfill-key").ToUpperInvariant()),
        ("Writers:backfill:Sources:0", "github"),
    ];

    [Theory]
    [InlineData(null, null, "api")]
    [InlineData("some-key", null, "api")]
    [InlineData("some-key", "mail", "api/-/mail")]
    [InlineData("some-key", "crm", "api/-/crm")]
    [InlineData("crm-key", null, "api/crm")]
    [InlineData("crm-key", "mail/eu", "api/crm/mail/eu")]
    [InlineData("crm-key", "github", "api/crm/github")]
    [InlineData("backfill-key", "github", "github")]
    [InlineData("backfill-key", "slack", "api/backfill/slack")]
    public async Task The_key_and_the_body_say_the_source(string? key, string? said, string source)
    {
        await using var app = new App(settings: Named);
        var body = $$"""{"interactions":[{{app.Item("a", "t")}}]{{(said is null ? "" : $",\"source\":\"{said}\"")}}}""";
        Assert.Equal(1, (await app.TakeAsync(body, key: key)).Accepted);
        Assert.Equal(source, FactsCodec.Read(Assert.Single(await app.ReceiveAsync())).Facts.Single().Source);
    }

    [Theory]
    [InlineData("\"GitHub\"")]
    [InlineData("\"\"")]
    [InlineData("\"../x\"")]
    [InlineData("7")]
    [InlineData("\"\\ud800\"")]
    public async Task A_source_that_is_none_is_refused_with_the_rule(string said)
    {
        await using var app = new App();
        var result = await app.TakeAsync($$"""{"interactions":[{{app.Item("a", "t")}}],"source":{{said}}}""");
        Assert.Equal(IngestStatus.Unparseable, result.Status);
        Assert.StartsWith("'source' is not 1-128 characters", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_id_of_two_sources_is_two_facts_and_an_undo_cancels_its_own_alone()
    {
        await using var app = new App(settings: Named);
        var like = app.Item("a", "t", extra: ",\"id\":\"1\"", age: 60);
        await app.TakeAsync($"[{like}]", key: "crm-key");
        await app.TakeAsync($"[{like}]", key: "other");
        await app.TakeAsync($"[{like}]", key: "crm-key");
        await app.DrainAsync();
        Assert.Equal(2, (await app.CardAsync("net:t"))!.Coverage.Interactions);
        await app.TakeAsync($"[{app.Item("a", "t", extra: ",\"id\":\"1\",\"undo\":true")}]", key: "other");
        await app.DrainAsync();
        Assert.Equal(1, (await app.CardAsync("net:t"))!.Coverage.Interactions);
        await app.TakeAsync($"[{app.Item("a", "t", extra: ",\"undo\":\"1\"")}]", key: "crm-key");
        await app.DrainAsync();
        Assert.Equal(0, (await app.CardAsync("net:t"))!.Coverage.Interactions);
    }

    [Fact]
    public async Task A_writer_writes_the_networks_it_may()
    {
        await using var app = new App(settings: Named);
        var other = app.Item("a", "t").Replace("net:a", "github:ada", StringComparison.Ordinal);
        var result = await app.TakeAsync($"[{app.Item("a", "t")},{other}]", key: "crm-key");
        var refused = Assert.Single(result.Rejected);
        Assert.Equal((1, "invalid_account"), (refused.Index, refused.Code));
        Assert.Equal("'actor' is of a network that the key 'crm' may not write; it may write net, fediverse.", refused.Message);
        Assert.Empty((await app.TakeAsync($"[{other}]", key: "backfill-key")).Rejected);
    }

    [Theory]
    [InlineData("Writers:crm:KeyHash", "secret", "Writers__crm__KeyHash")]
    [InlineData("Writers:crm:Network", "net", "Writers__crm__Network")]
    [InlineData("Writers:c_m:KeyHash", "", "Writers__c_m")]
    [InlineData("Writers:crm:Networks", "net", "Writers__crm__Networks")]
    [InlineData("Writers:crm:KeyHash", "0123456789012345678901234567890123456789012345678901234567890123\n", "Writers__crm__KeyHash")]
    public void A_setting_that_is_wrong_ends_the_start_and_shows_no_value(string key, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var failure = Assert.Throws<OptionsValidationException>(() => new Writers(configuration));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
