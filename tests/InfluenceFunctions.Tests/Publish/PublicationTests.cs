using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Publish;

[Collection(BoardsCollection.Name)]
public sealed class PublicationTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_board_ranks_pages_and_is_told_unchanged()
    {
        // The n-th account has n fans.
        var items = Enumerable
            .Range(1, 30)
            .SelectMany(n => Enumerable.Range(0, n).Select(fan => Some.Interaction($"{net}:fan{fan}", $"{net}:{n}")));
        await fixture.App.PostInteractionsAsync(Some.Batch(items));
        await fixture.App.DrainAsync();
        var status = await fixture.App.PublishAsync();
        Assert.Equal("published", status.GetProperty("status").GetString());

        var first = await fixture.App.Client.GetFromJsonAsync<JsonElement>($"/api/v1/leaderboards/network:{net}?top=20");
        Assert.Equal(30, first.GetProperty("total").GetInt32());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{net}:{30 - i}"), Ids(first));
        Assert.Equal(Enumerable.Range(1, 20), first.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("rank").GetInt32()));
        var second = await fixture.App.Client.GetFromJsonAsync<JsonElement>(first.GetProperty("nextLink").GetString());
        Assert.Equal(Enumerable.Range(20, 10).Select(i => $"{net}:{30 - i}"), Ids(second));
        Assert.False(second.TryGetProperty("nextLink", out _));

        var response = await fixture.App.Client.GetAsync($"/api/v1/leaderboards/network:{net}");
        var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/leaderboards/network:{net}")
        {
            Headers = { IfNoneMatch = { response.Headers.ETag! } },
        };
        var unchanged = await fixture.App.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_board_is_compressed_when_asked(string coding)
    {
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Enumerable.Range(0, 50).Select(n => Some.Interaction($"{net}:fan", $"{net}:{n}")))
        );
        await fixture.App.DrainAsync();
        await fixture.App.PublishAsync();
        var plain = await fixture.App.Client.GetAsync($"/api/v1/leaderboards/network:{net}");
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/leaderboards/network:{net}");
        request.Headers.AcceptEncoding.ParseAdd($"deflate, {coding};q=0.5");
        var coded = await fixture.App.Client.SendAsync(request);
        Assert.Equal([coding], coded.Content.Headers.ContentEncoding);
        Assert.NotEqual(plain.Headers.ETag, coded.Headers.ETag);
        await using var body = await coded.Content.ReadAsStreamAsync();
        await using Stream decoded =
            coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(decoded);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("{\"date\":\"2020-01-01\"}")]
    [InlineData("{\"date\":\"2100-01-01\"}")]
    [InlineData("{\"date\":\"today\"}")]
    [InlineData("nonsense")]
    public async Task A_day_that_cannot_be_published_is_400(string body)
    {
        var response = await fixture.App.Operator.PostAsync("/api/v1/leaderboards/publications", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_parameter", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("global?top=0", "'top'")]
    [InlineData("global?top=1001", "'top'")]
    [InlineData("global?date=2026-13-01", "'date'")]
    [InlineData("global?cursor=-1", "'cursor'")]
    [InlineData("global?cursor=100.", "'cursor'")]
    [InlineData("global?cursor=100.nonsense", "'cursor'")]
    [InlineData("global?cursor=.0123456789abcdef", "'cursor'")]
    public async Task A_wrong_parameter_is_named(string query, string parameter)
    {
        var response = await fixture.App.Client.GetAsync($"/api/v1/leaderboards/{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            parameter,
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("network:nobody-is-there")]
    [InlineData("global?date=2001-01-01")]
    public async Task A_board_or_day_that_does_not_exist_is_404(string query)
    {
        var response = await fixture.App.Client.GetAsync($"/api/v1/leaderboards/{query}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_leaderboard", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static IEnumerable<string> Ids(JsonElement page) =>
        page.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("id").GetString()!);
}
