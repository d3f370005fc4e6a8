using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace InfluenceFunctions.Tests.Http;

/// <summary>The setting <c>Readers=key</c>.</summary>
public sealed class ClosedReadsTests
{
    private const string ReaderKey = "key-of-a-reader";
    private const string WriterKey = "key-of-a-writer";

    [Fact]
    public async Task Reads_need_a_key_that_a_setting_names_and_are_kept_by_nobody_between()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(
            azurite,
            ("Readers", "key"),
            ("ReaderKeyHashes__0", HashOf(ReaderKey)),
            ("Writers__forum__KeyHash", HashOf(WriterKey))
        );
        foreach (var path in new[] { "/api/v1/policy", "/api/v1/leaderboards", "/api/v1/profiles/n:a", "/api/v1/profiles?ids=n:a" })
        {
            Assert.Equal("key_required", await CodeAsync(app, path, null));
            Assert.Equal("key_required", await CodeAsync(app, path, "wrong"));
            Assert.NotEqual("key_required", await CodeAsync(app, path, ReaderKey));
            Assert.NotEqual("key_required", await CodeAsync(app, path, WriterKey));
            Assert.NotEqual("key_required", await CodeAsync(app, $"{path}{(path.Contains('?') ? '&' : '?')}code={ReaderKey}", null));
        }

        using (var nobody = app.NewClient(key: null))
            foreach (var path in new[] { "/", "/boards/global", "/profiles/n:a", "/profiles/n:a/embed", "/how", "/policy" })
            {
                var closed = await nobody.GetAsync(path);
                Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
                Assert.Equal("text/html", closed.Content.Headers.ContentType!.MediaType);
                Assert.Contains("x-functions-key", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(new(HttpMethod.Head, path))).StatusCode);
            }

        foreach (var path in new[] { "/api/v1/profiles/n:a/badge.svg", "/profiles/n:a/image.png", "/oembed?url=x" })
            Assert.Equal("key_required", await CodeAsync(app, path, null));
        Assert.Null(await CodeAsync(app, "/api/openapi.json", null));
        Assert.Null(await CodeAsync(app, "/api/health", null));
        Assert.Null(await CodeAsync(app, "/api/health/live", null));
        using var reader = app.NewClient(ReaderKey);
        var policy = await reader.GetAsync("/api/v1/policy");
        Assert.True(policy.Headers.CacheControl!.Private);
        Assert.False(policy.Headers.CacheControl.Public);
        Assert.Contains("x-functions-key", policy.Headers.Vary);
        Assert.False(policy.Headers.Contains("Access-Control-Allow-Origin"));
        var page = await reader.GetAsync("/how");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(page.Headers.CacheControl!.Private);
    }

    private static async Task<string?> CodeAsync(RunningApp app, string path, string? key)
    {
        using var client = app.NewClient(key);
        var answer = await client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.OK ? null : (await answer.ProblemAsync()).Code;
    }

    private static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
