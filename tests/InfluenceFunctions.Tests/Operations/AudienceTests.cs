using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Operations;

[Collection(AppCollection.Name)]
public sealed class AudienceTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task Notices_style_and_make_up_are_told_after_a_settlement()
    {
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Enumerable.Range(0, 40).Select(i => Some.Interaction($"{net}:fan{i % 9}", $"{net}:t{i % 4}")))
        );
        await fixture.App.DrainAsync();
        await fixture.App.PublishAsync();
        var report = await fixture.App.Operator.GetFromJsonAsync<JsonElement>("/api/v1/audiences/notices");
        Assert.InRange(report.GetProperty("elsewhere").GetDouble(), 0, 1);
        Assert.Equal(JsonValueKind.Array, report.GetProperty("notices").ValueKind);

        using var reader = fixture.App.NewClient(null);
        var card = await reader.GetFromJsonAsync<JsonElement>($"/api/v1/profiles/{net}:t0");
        Assert.Equal(6, card.GetProperty("makeup").GetProperty("bands").GetArrayLength());
        // Who has read an earlier settlement in this app may see that one for BoardCacheSeconds.
        var known = await Eventually.FoundAsync(
            "the settlement's activity is read",
            async () => await reader.GetAsync($"/api/v1/profiles/{net}:fan1") is { StatusCode: HttpStatusCode.OK } found ? found : null
        );
        var fan = await known.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((1.0, true), (fan.GetProperty("score").GetDouble(), fan.GetProperty("onlyEngages").GetBoolean()));
        Assert.Equal("occasional specialist curator", fan.GetProperty("style").GetProperty("name").GetString());
        Assert.True(fan.GetProperty("activity").GetProperty("shares").GetInt32() > 0);
    }

    [Fact]
    public async Task Readers_see_no_notices()
    {
        using var reader = fixture.App.NewClient(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reader.GetAsync("/api/v1/audiences/notices")).StatusCode);
    }
}
