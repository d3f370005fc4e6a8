using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>The same star by the webhook and by a program that reads the past from the tool's API.</summary>
[Collection(AppCollection.Name)]
public sealed class BackfillTests(AppFixture fixture)
{
    private readonly string owner = "o" + Guid.NewGuid().ToString("n")[..16];
    private readonly int repository = RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly long at = Some.Now - (3 * 86_400);

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData(Backfill.Host, true)]
    [InlineData(Backfill.Host, false)]
    public async Task The_same_star_by_webhook_and_by_backfill_counts_once(string? host, bool isWebhookFirst)
    {
        for (var turn = 0; turn < 2; turn++)
            if (turn == 0 == isWebhookFirst)
                await DeliverAsync(host);
            else
                await SendAsync(Backfill.Key, host, Star(host));
        Assert.Equal(1, await CountedAsync(host));
    }

    [Fact]
    public async Task From_a_key_that_may_not_speak_for_the_webhook_it_is_another_fact()
    {
        await DeliverAsync(null);
        await SendAsync(RunningApp.FunctionKey, null, Star(null));
        Assert.Equal(2, await CountedAsync(null));
    }

    [Fact]
    public async Task The_setting_is_for_one_server()
    {
        const string Other = "git.other.example";
        await DeliverAsync(Other);
        await SendAsync(Backfill.Key, Other, Star(Other));
        Assert.Equal(2, await CountedAsync(Other));
    }

    [Fact]
    public async Task An_unstar_by_the_webhook_takes_back_what_only_the_backfill_told()
    {
        await SendAsync(Backfill.Key, null, Star(null));
        Assert.Equal(1, await CountedAsync(null));
        var body = $$$"""
            {"action":"deleted","starred_at":null,
            "repository":{"id":{{{repository}}},"owner":{"login":"{{{owner}}}"}},"sender":{"login":"a-fan"}}
            """;
        await Webhook.TakenAsync(
            fixture.App,
            "github",
            body,
            [("X-GitHub-Event", "star"), ("X-GitHub-Delivery", Guid.NewGuid().ToString())]
        );
        Assert.Equal(0, await CountedAsync(null));
    }

    [Fact]
    public async Task Only_a_key_that_speaks_for_the_webhook_takes_back_what_that_told()
    {
        var undo = Item(null, $"\"undo\":\"star:{repository}\"", Some.Now);
        await DeliverAsync(null);
        await SendAsync(RunningApp.FunctionKey, null, undo);
        Assert.Equal(1, await CountedAsync(null));
        await SendAsync(Backfill.Key, null, undo);
        Assert.Equal(0, await CountedAsync(null));
    }

    private static string AccountOf(string? host, string login) => host is null ? $"github:{login}" : $"github:{host}/{login}";

    private string Star(string? host) => Item(host, $"\"type\":\"like\",\"id\":\"star:{repository}\"", at);

    private string Item(string? host, string what, long moment) =>
        $$"""{{{what}},"actor":"{{AccountOf(host, "a-fan")}}","target":"{{AccountOf(host, owner)}}","at":{{moment}}}""";

    private async Task DeliverAsync(string? host)
    {
        var body = $$$"""
            {"action":"created","starred_at":"{{{DateTimeOffset.FromUnixTimeSeconds(at):yyyy-MM-dd'T'HH:mm:ss'Z'}}}",
            "repository":{"id":{{{repository}}},"owner":{"login":"{{{owner}}}"}},"sender":{"login":"a-fan"}}
            """;
        (string, string)[] headers = [("X-GitHub-Event", "star"), .. host is null ? [] : new[] { ("X-GitHub-Enterprise-Host", host) }];
        Assert.Equal(1, (await Webhook.TakenAsync(fixture.App, "github", body, headers)).GetProperty("accepted").GetInt32());
    }

    private async Task SendAsync(string key, string? host, string item)
    {
        using var client = fixture.App.NewClient(key);
        var source = host is null ? "github" : $"github/{host}";
        var response = await client.PostAsync(
            "/api/v1/interactions",
            new StringContent($$"""{"source":"{{source}}","interactions":[{{item}}]}""", null, "application/json")
        );
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var taken = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(0, taken.GetProperty("warnings").GetArrayLength());
        await fixture.App.DrainAsync();
    }

    private async Task<long> CountedAsync(string? host) =>
        (await fixture.App.CardAsync(AccountOf(host, owner)))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64();
}
