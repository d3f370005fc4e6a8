using System.Net;

namespace InfluenceFunctions.Tests.Http;

[Collection(AppCollection.Name)]
public sealed class KeyTests(AppFixture fixture)
{
    [Theory]
    [InlineData("/api/v1/interactions", null)]
    [InlineData("/api/v1/interactions", "wrong")]
    [InlineData("/api/v1/metrics", "wrong")]
    [InlineData("/api/v1/imports", null)]
    [InlineData("/api/v1/imports", RunningApp.FunctionKey)]
    [InlineData("/api/v1/leaderboards/publications", null)]
    [InlineData("/api/v1/leaderboards/publications", RunningApp.FunctionKey)]
    [InlineData("/admin/functions/PublishLeaderboards", null)]
    public async Task A_wrong_or_missing_key_is_401_with_an_empty_body(string path, string? key)
    {
        using var client = fixture.App.NewClient(key);
        var response = await client.PostAsync(path, new StringContent("[]"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_key_may_come_in_the_query()
    {
        using var client = fixture.App.NewClient(key: null);
        var response = await client.PostAsync(
            $"/api/v1/interactions?code={RunningApp.FunctionKey}",
            new StringContent("[]", null, "application/json")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.UnprocessableEntity)]
    [InlineData("none", HttpStatusCode.UnprocessableEntity)]
    public async Task A_script_of_another_site_writes_nothing(string from, HttpStatusCode status)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions");
        request.Content = new StringContent("[]", null, "application/json");
        request.Headers.Add("Sec-Fetch-Site", from);
        var answer = await fixture.App.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Forbidden)
            Assert.Equal("cross_site", (await answer.ProblemAsync()).Code);
    }

    [Fact]
    public async Task Readers_need_no_key()
    {
        using var client = fixture.App.NewClient(key: null);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/leaderboards")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/health")).StatusCode);
    }

    [Fact]
    public async Task The_timer_runs_now_by_the_admin_endpoint()
    {
        var client = fixture.App.Operator;
        // The day before the timer's last occurrence, ten past midnight: a timer that runs before it publishes the day it would have.
        var day = DateOnly.FromDateTime(DateTime.UtcNow.AddMinutes(-10)).AddDays(-1);
        Assert.Equal(
            HttpStatusCode.Accepted,
            (
                await client.PostAsync(
                    "/admin/functions/PublishLeaderboards",
                    new StringContent("{\"input\":\"\"}", null, "application/json")
                )
            ).StatusCode
        );
        await Eventually.HoldsAsync(
            "the board of the last full day is published",
            async () => (await client.GetAsync($"/api/v1/leaderboards/global?date={day:yyyy-MM-dd}")).StatusCode == HttpStatusCode.OK,
            state: () => fixture.App.Log
        );
    }
}
