using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Query;

/// <summary>Explanations, histories and several cards at once, over HTTP.</summary>
[Collection(AppCollection.Name)]
public sealed class ExplanationTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task An_explanation_can_be_recomputed_from_the_answer_and_is_304_while_it_stays()
    {
        await SendAsync();
        var path = $"/api/v1/profiles/{net}:t/explanation";
        var response = await fixture.App.Client.GetAsync(path);
        var told = (await response.Content.ReadFromJsonAsync(ApiJson.Default.Explanation))!;
        ExplanationCheck.Recompute(told);
        Assert.Contains(told.Sentences, s => s.Code == "coverage_few" && s.Text.Contains("3 people only", StringComparison.Ordinal));

        var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        var second = await fixture.App.Client.SendAsync(again);
        // It is of a minute: another answer is of a later one.
        if (second.StatusCode != HttpStatusCode.NotModified)
            Assert.True((await second.Content.ReadFromJsonAsync(ApiJson.Default.Explanation))!.AsOf > told.AsOf);
    }

    [Fact]
    public async Task A_history_has_every_day_up_to_today()
    {
        var sent = await SendAsync();
        var history = await fixture.App.Client.GetFromJsonAsync($"/api/v1/profiles/{net}:t/history?days=5", ApiJson.Default.ScoreHistory);
        Assert.Equal(5, history!.Days.Count);
        var facts = new[] { 6, 2, 0 }.Select(d => DateOnly.FromDateTime(sent.UtcDateTime).AddDays(-d));
        Assert.All(history.Days, d => Assert.Equal(!facts.Contains(d.Date), d.Faded == true));
        Assert.Equal((await fixture.App.CardAsync($"{net}:t"))!.Value.GetProperty("score").GetDouble(), history.Days[^1].Score, 1e-3);
    }

    [Theory]
    [InlineData("explanation?since=tomorrow")]
    [InlineData("explanation?since=2999-01-01")]
    [InlineData("explanation?since=2001-01-01")]
    [InlineData("history?days=0")]
    [InlineData("history?days=91")]
    [InlineData("history?days=-1")]
    public async Task A_wrong_parameter_is_400_with_the_rule(string path)
    {
        var response = await fixture.App.Client.GetAsync($"/api/v1/profiles/{net}:t/{path}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(
            path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..path.IndexOf('=', StringComparison.Ordinal)],
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_ninetieth_day_can_be_asked_for_and_nobody_is_404()
    {
        await SendAsync();
        var since = DateTime.UtcNow.AddDays(-89).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var response = await fixture.App.Client.GetAsync($"/api/v1/profiles/{net}:t/explanation?since={since}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var path in new[] { "explanation", "history" })
            Assert.Equal(HttpStatusCode.NotFound, (await fixture.App.Client.GetAsync($"/api/v1/profiles/{net}:nobody/{path}")).StatusCode);
    }

    [Fact]
    public async Task Several_cards_come_in_one_call_and_the_unknown_are_listed()
    {
        await SendAsync();
        var cards = await fixture.App.Client.GetFromJsonAsync(
            $"/api/v1/profiles?ids={net}:t,{net}:nobody,{net}:u",
            ApiJson.Default.ScoreCards
        );
        Assert.Equal([$"{net}:t", $"{net}:u"], cards!.Profiles.Select(c => c.Id));
        Assert.Equal([$"{net}:nobody"], cards.Unknown);
        foreach (
            var wrong in new[] { "", "?ids=", "?ids=none", "?ids=" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"n:{i}")) }
        )
            Assert.Equal(HttpStatusCode.BadRequest, (await fixture.App.Client.GetAsync("/api/v1/profiles" + wrong)).StatusCode);
    }

    private async Task<DateTimeOffset> SendAsync()
    {
        var sent = DateTimeOffset.UtcNow;
        var now = sent.ToUnixTimeSeconds();
        await fixture.App.PostInteractionsAsync(
            Some.Batch(
                $$"""{"type":"share","actor":"{{net}}:a","target":"{{net}}:t","at":{{now - (6 * 86_400)}}}""",
                $$"""{"type":"like","actor":"{{net}}:b","target":"{{net}}:t","at":{{now - (2 * 86_400)}}}""",
                Some.Interaction($"{net}:c", $"{net}:t"),
                Some.Interaction($"{net}:c", $"{net}:u")
            )
        );
        await fixture.App.DrainAsync();
        return sent;
    }
}
