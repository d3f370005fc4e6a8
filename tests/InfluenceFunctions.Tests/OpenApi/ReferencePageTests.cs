using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The reference page: everything it needs is there, under a policy that lets nothing else in.</summary>
[Collection(AppCollection.Name)]
public sealed partial class ReferencePageTests(AppFixture fixture)
{
    [Fact]
    public async Task The_page_loads_only_what_is_there_and_may_be_kept_for_ever()
    {
        using var client = fixture.App.NewClient(key: null);
        var page = await client.GetAsync("/docs");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        var html = await page.Content.ReadAsStringAsync();
        var links = Link().Matches(html).Select(m => m.Groups["to"].Value).ToList();
        Assert.True(links.Count >= 7);
        // Under any path before it.
        Assert.All(links, l => Assert.Matches("^[a-z]", l));
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        foreach (var link in links)
        {
            var file = await client.GetAsync($"/{link}");
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
            if (link.StartsWith("docs/", StringComparison.Ordinal))
                Assert.Equal("public, max-age=31536000, immutable", file.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task A_large_file_is_the_same_in_every_coding()
    {
        var link = Link()
            .Matches(await fixture.App.Client.GetStringAsync("/docs"))
            .Select(m => m.Groups["to"].Value)
            .Single(l => l.EndsWith("swagger-ui-bundle.js", StringComparison.Ordinal));
        var plain = await fixture.App.Client.GetByteArrayAsync($"/{link}");
        var request = new HttpRequestMessage(HttpMethod.Get, $"/{link}") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var packed = await fixture.App.Client.SendAsync(request);
        Assert.Equal("br", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.True(packed.Content.Headers.ContentLength < 400_000);
        using var unpacked = new MemoryStream();
        await using (var brotli = new BrotliStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
            await brotli.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Theory]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/docs/..%2Fhost.json")]
    public async Task Other_files_are_not_there(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.App.Client.GetAsync(path)).StatusCode);

    [GeneratedRegex("(?:href|src)=\"(?<to>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
