using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>Stars from the delivery to the score card.</summary>
[Collection(AppCollection.Name)]
public sealed class GitHubDeliveryTests(AppFixture fixture)
{
    private readonly string owner = "o" + Guid.NewGuid().ToString("n")[..16];
    private readonly int repository = RandomNumberGenerator.GetInt32(int.MaxValue);

    [Fact]
    public async Task A_star_counts_once_however_often_and_in_whatever_way_it_is_told()
    {
        Assert.Equal(1, (await StarAsync("created")).GetProperty("accepted").GetInt32());
        await StarAsync("created");
        var watch = await Webhook.TakenAsync(fixture.App, "github", Delivery("started"), ("X-GitHub-Event", "watch"));
        Assert.Equal(0, watch.GetProperty("accepted").GetInt32());
        Assert.Equal(1, watch.GetProperty("skipped").GetProperty("watch.started").GetInt32());
        Assert.Equal(1, await CountedAsync());
    }

    [Theory]
    [InlineData("created", "deleted")]
    [InlineData("deleted", "created")]
    public async Task An_unstar_takes_exactly_its_star_back_whichever_comes_first(string first, string second)
    {
        await StarAsync("created", "another-fan");
        await StarAsync(first);
        await StarAsync(second);
        await StarAsync(first);
        Assert.Equal(1, await CountedAsync());
    }

    [Fact]
    public async Task The_secret_that_replaces_another_is_live_as_well() =>
        Assert.Equal(
            HttpStatusCode.Accepted,
            (
                await Webhook.SendAsync(fixture.App, "github", Delivery("created"), [("X-GitHub-Event", "star")], Webhook.NewSecret)
            ).StatusCode
        );

    private Task<System.Text.Json.JsonElement> StarAsync(string action, string fan = "a-fan") =>
        Webhook.TakenAsync(
            fixture.App,
            "github",
            Delivery(action, fan),
            ("X-GitHub-Event", "star"),
            ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
        );

    private string Delivery(string action, string fan = "a-fan")
    {
        var at =
            action == "created"
                ? $"\"{DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:00:00'Z'", CultureInfo.InvariantCulture)}\""
                : "null";
        return $$$"""
            {"action":"{{{action}}}","starred_at":{{{at}}},"repository":{"id":{{{repository}}},"owner":{"login":"{{{owner}}}"},
            "topics":["tides"]},"sender":{"login":"{{{fan}}}"}}
            """;
    }

    private async Task<long> CountedAsync() =>
        (await fixture.App.CardAsync($"github:{owner}"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64();
}
