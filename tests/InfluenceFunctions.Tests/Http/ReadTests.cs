using System.Net;
using System.Net.Http.Json;

namespace InfluenceFunctions.Tests.Http;

/// <summary>What every public read does alike.</summary>
[Collection(BoardsCollection.Name)]
public sealed class ReadTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Theory]
    [InlineData("/api/v1/profiles?ids=n:a", 200)]
    [InlineData("/api/v1/profiles/n:nobody-at-all", 404)]
    [InlineData("/api/v1/profiles/nobody", 400)]
    [InlineData("/api/v1/leaderboards", 200)]
    [InlineData("/api/v1/leaderboards/none", 404)]
    [InlineData("/api/v1/policy", 200)]
    [InlineData("/api/health", 200)]
    [InlineData("/api/health/live", 200)]
    public async Task A_read_answers_scripts_of_every_site_and_HEAD_like_GET(string path, int status)
    {
        using var reader = fixture.App.NewClient(key: null);
        var got = await reader.SendAsync(Asking(HttpMethod.Get, path));
        var head = await reader.SendAsync(Asking(HttpMethod.Head, path));
        foreach (var answer in new[] { got, head })
        {
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(got.Headers.CacheControl?.ToString(), head.Headers.CacheControl?.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        if (!path.StartsWith("/api/health", StringComparison.Ordinal))
        {
            Assert.Equal(got.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Equal(got.Headers.ETag, head.Headers.ETag);
        }
    }

    [Theory]
    [InlineData("/api/v1/profiles/n:a")]
    [InlineData("/api/v1/leaderboards/global")]
    [InlineData("/api/v1/leaderboards/topic:a%2Fb/around/n:a")]
    public async Task A_browser_may_ask_first(string path)
    {
        using var reader = fixture.App.NewClient(key: null);
        var request = Asking(HttpMethod.Options, path);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "if-none-match");
        var answer = await reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("GET, HEAD", answer.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Contains("If-None-Match", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_write_does_not_answer_scripts_of_other_sites()
    {
        var answer = await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction("n:a", "n:b")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Scores_are_told_to_four_decimals()
    {
        await fixture.App.PostInteractionsAsync(Some.Batch(Enumerable.Range(0, 7).Select(i => Some.Interaction($"{net}:{i}", $"{net}:a"))));
        await fixture.App.DrainAsync();
        var card = (await fixture.App.CardAsync($"{net}:a"))!.Value;
        Assert.Matches(@"^\d+(\.\d{1,4})?$", card.GetProperty("score").GetRawText());
        Assert.Matches(@"^\d+\.\d{5,}$", card.GetProperty("influence").GetRawText());
    }

    [Fact]
    public async Task Boards_are_listed_by_what_their_names_begin_with_a_page_at_a_time()
    {
        await fixture.App.PostInteractionsAsync(
            Some.Batch(
                new[] { "a", "b", "c" }.SelectMany(n =>
                    Enumerable.Range(0, 2).Select(i => Some.Interaction($"{net}{n}:{i}", $"{net}{n}:target"))
                )
            )
        );
        await fixture.App.DrainAsync();
        await fixture.App.PublishAsync();
        using var reader = fixture.App.NewClient(key: null);
        var next = (string?)$"/api/v1/leaderboards?prefix=network:{net}&top=2";
        var seen = new List<int>();
        var names = new List<string>();
        while (next is not null)
        {
            var page = (await reader.GetFromJsonAsync(next, ApiJson.Default.BoardList))!;
            seen.Add(page.Leaderboards.Count);
            names.AddRange(page.Leaderboards.Select(b => b.Board));
            next = page.NextLink;
        }

        Assert.Equal([2, 1], seen);
        Assert.Equal([$"network:{net}a", $"network:{net}b", $"network:{net}c"], names);
        Assert.Equal(HttpStatusCode.BadRequest, (await reader.GetAsync("/api/v1/leaderboards?top=0")).StatusCode);
        var longest = new string('x', 201);
        Assert.Equal(HttpStatusCode.BadRequest, (await reader.GetAsync($"/api/v1/leaderboards?prefix={longest}")).StatusCode);
    }

    private static HttpRequestMessage Asking(HttpMethod method, string path) =>
        new(method, path) { Headers = { { "Origin", "https://forum.example.org" } } };
}
