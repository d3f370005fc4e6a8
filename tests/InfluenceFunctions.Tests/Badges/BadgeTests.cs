using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;

namespace InfluenceFunctions.Tests.Badges;

[Collection(AppCollection.Name)]
public sealed class BadgeTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_badge_shows_the_score_of_the_card()
    {
        await EngageAsync();
        var card = (await fixture.App.CardAsync($"{net}:a"))!.Value;
        var score = decimal.Round(card.GetProperty("score").GetDecimal(), 2, MidpointRounding.AwayFromZero)
            .ToString("0.00", CultureInfo.InvariantCulture);
        var svg = await GetAsync("badge.svg?label=%3Cscript%3E%20%22%D7%90%F0%9F%A6%A9&style=flat-square");
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType!.MediaType);
        Assert.True(svg.Headers.CacheControl!.MaxAge >= TimeSpan.FromMinutes(5));
        var drawn = XDocument.Parse(await svg.Content.ReadAsStringAsync());
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal($"<script> \"א🦩: {score}", drawn.Root!.Element(ns + "title")!.Value);
        Assert.Equal(["<script> \"א🦩", score], drawn.Descendants(ns + "text").Select(t => t.Value));
        Assert.Empty(drawn.Descendants(ns + "script"));
        var json = (await (await GetAsync("badge.json?label=reach")).Content.ReadFromJsonAsync(ApiJson.Default.Badge))!;
        Assert.Equal(new Badge(1, "reach", score, "155e75"), json);
    }

    [Theory]
    [InlineData("badge.svg?style=round", "'style'")]
    [InlineData("badge.json?label=a%00b", "'label'")]
    [InlineData("badge.svg?label=12345678901234567890123456789012345678901", "'label'")]
    public async Task A_wrong_parameter_is_named(string badge, string parameter)
    {
        var answer = await GetAsync(badge);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(parameter, (await answer.ProblemAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_none_of_whom_nothing_is_known_or_who_wants_none()
    {
        Assert.Equal("unknown_profile", (await (await GetAsync("badge.svg")).ProblemAsync()).Code);
        await EngageAsync();
        await PutAsync("{\"badge\":false,\"name\":\"Ann\"}");
        foreach (var badge in new[] { "badge.svg", "badge.json" })
        {
            var answer = await GetAsync(badge);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("no_badge", (await answer.ProblemAsync()).Code);
        }

        // A later change that does not speak of it does not bring it back.
        Assert.False((await PutAsync("{\"name\":\"Anna\"}")).Badge);
        Assert.False((await fixture.App.CardAsync($"{net}:a"))!.Value.GetProperty("badge").GetBoolean());
        Assert.Null((await PutAsync("{\"badge\":true}")).Badge);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("badge.svg")).StatusCode);
    }

    private async Task<LinkedProfile> PutAsync(string body)
    {
        var answer = await fixture.App.Operator.PutAsync($"/api/v1/profiles/{net}:a", new StringContent(body, null, "application/json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.LinkedProfile))!;
    }

    private async Task EngageAsync()
    {
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:b", $"{net}:a")));
        await fixture.App.DrainAsync();
    }

    private async Task<HttpResponseMessage> GetAsync(string badge)
    {
        using var reader = fixture.App.NewClient(key: null);
        return await reader.GetAsync($"/api/v1/profiles/{net}:a/{badge}");
    }
}
