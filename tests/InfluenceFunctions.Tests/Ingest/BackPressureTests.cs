using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>429 over real HTTP, with an app that takes two writes at once.</summary>
public sealed class BackPressureTests : IAsyncLifetime
{
    private const string SmallKey = "key-with-a-small-budget";
    private const string ForwarderKey = "key-that-forwards-one-source";
    private const string NamelessKey = RunningApp.FunctionKey;

    private readonly TestAzurite azurite = new();
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        app = await RunningApp.StartAsync(
            azurite,
            ("FunctionKeys__1", SmallKey),
            ("FunctionKeys__2", ForwarderKey),
            ("Writers__small__KeyHash", HashOf(SmallKey)),
            ("Writers__small__ItemsPerMinute", "60"),
            ("Writers__forwarder__KeyHash", HashOf(ForwarderKey)),
            ("Writers__forwarder__Sources__0", "linkedin"),
            ("Webhooks__github__Secrets__0", "a-secret-of-the-tests"),
            ("Influence__RequireNamedWriters", "true"),
            ("Influence__MaxConcurrentWrites", "2")
        );
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task A_write_too_many_is_told_at_once_to_come_again_and_one_that_ends_makes_room()
    {
        List<Socket> held = [];
        await Eventually.HoldsAsync(
            "both places are taken",
            async () =>
            {
                // The server closes who sends too slowly, so that those of before may be gone.
                held.ForEach(h => h.Dispose());
                held = [await HoldAsync("/api/v1/interactions", SmallKey), await HoldAsync("/api/v1/metrics", SmallKey)];
                for (var tries = 0; tries < 10; tries++)
                    if ((await PostAsync("[]", SmallKey)).StatusCode == HttpStatusCode.TooManyRequests)
                        return true;
                return false;
            }
        );
        using var refused = await PostAsync("[]", SmallKey);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("too_many_writes", await CodeAsync(refused));
        // Reads, and webhooks, go on.
        using var read = await app.Client.GetAsync("/api/v1/leaderboards");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var delivery = await app.Client.PostAsync("/api/v1/webhooks/github", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, delivery.StatusCode);
        held.ForEach(h => h.Dispose());
        await Eventually.HoldsAsync(
            "a sender that went away makes room",
            async () => (await PostAsync("[]", SmallKey)).StatusCode == HttpStatusCode.UnprocessableEntity
        );
    }

    [Fact]
    public async Task A_key_is_told_its_budget_and_refused_once_it_is_spent()
    {
        var item = """{"type":"nod"}""";
        using var first = await PostAsync($"[{string.Join(',', Enumerable.Repeat(item, 900))}]", SmallKey);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        Assert.Equal("\"items\";q=60;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Matches("^\"items\";r=1[0-9][0-9];t=[0-9]+$", first.Headers.GetValues("RateLimit").Single());

        using var second = await PostAsync($"[{string.Join(',', Enumerable.Repeat(item, 1000))}]", SmallKey);
        Assert.Equal((HttpStatusCode.TooManyRequests, "over_budget"), (second.StatusCode, await CodeAsync(second)));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 1000);
        Assert.True(second.Headers.Contains("RateLimit"));
        using var small = await PostAsync($"[{item}]", SmallKey);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, small.StatusCode);
    }

    [Fact]
    public async Task A_key_without_a_name_may_not_write_and_a_key_forwards_its_sources_alone()
    {
        using var nameless = await PostAsync("[]", NamelessKey);
        Assert.Equal((HttpStatusCode.Forbidden, "unnamed_key"), (nameless.StatusCode, await CodeAsync(nameless)));
        using var forwarded = await PostAsync("{}", ForwarderKey, "/api/v1/forwarded/bluesky");
        Assert.Equal((HttpStatusCode.Forbidden, "source_not_allowed"), (forwarded.StatusCode, await CodeAsync(forwarded)));
        using var nobodys = await PostAsync("{}", NamelessKey, "/api/v1/forwarded/bluesky");
        Assert.Equal((HttpStatusCode.Forbidden, "unnamed_key"), (nobodys.StatusCode, await CodeAsync(nobodys)));
        using (var options = new HttpRequestMessage(HttpMethod.Options, "/api/v1/interactions"))
        {
            options.Headers.Add("WebHook-Request-Origin", "shop.example");
            using var handshake = await app.Client.SendAsync(options);
            Assert.Equal((HttpStatusCode.Forbidden, "unnamed_key"), (handshake.StatusCode, await CodeAsync(handshake)));
        }

        // The operator's key needs no name.
        using var import = await PostAsync("[]", RunningApp.MasterKey, "/api/v1/imports");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, import.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string key, string path = "/api/v1/interactions")
    {
        using var client = app.NewClient(key);
        return await client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
    }

    // A request whose body never ends. A host forwards it once enough of it is there.
    private async Task<Socket> HoldAsync(string path, string key)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", app.Client.BaseAddress!.Port);
        var head =
            $"POST {path} HTTP/1.1\r\nHost: x\r\nx-functions-key: {key}\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}2000\r\n{new string('x', 0x2000)}\r\n"));
        return socket;
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
