using System.Net;
using System.Text;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>The parts of CloudEvents that are HTTP: its handshake, and attributes as headers.</summary>
[Collection(AppCollection.Name)]
public sealed class CloudEventTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_sender_may_ask_whether_it_may_send()
    {
        var response = await fixture.App.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Options, "/api/v1/interactions")
            {
                Headers = { { "WebHook-Request-Origin", "eventemitter.example.com" } },
            }
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["eventemitter.example.com"], response.Headers.GetValues("WebHook-Allowed-Origin"));
        Assert.Equal(["*"], response.Headers.GetValues("WebHook-Allowed-Rate"));
    }

    [Fact]
    public async Task A_sender_without_a_name_or_a_key_may_not()
    {
        var unnamed = await fixture.App.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/interactions"));
        await Webhook.ProblemAsync(unnamed, HttpStatusCode.BadRequest, "missing_origin");
        using var stranger = fixture.App.NewClient(key: null);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/interactions"))).StatusCode
        );
    }

    [Fact]
    public async Task A_senders_name_that_no_header_can_carry_is_refused_with_the_rule()
    {
        // Through the client's own encoding of headers, which is UTF-8 in the host.
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });
        foreach (var origin in new[] { "bücher.example", "shop\u007f.example", "shop .example" })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Options,
                new Uri(fixture.App.Client.BaseAddress!, "/api/v1/interactions")
            );
            request.Headers.Add("x-functions-key", RunningApp.FunctionKey);
            request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin);
            var problem = await (await client.SendAsync(request)).ProblemAsync();
            Assert.Equal((400, "invalid_parameter"), (problem.Status, problem.Code));
        }
    }

    [Fact]
    public async Task An_event_in_binary_mode_counts_once()
    {
        var item = Some.Interaction($"{net}:a", $"{net}:t");
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(item, "e1")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(item, "e%202")).StatusCode);
        await fixture.App.DrainAsync();
        Assert.Equal(2, (await fixture.App.CardAsync($"{net}:t"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64());
    }

    [Fact]
    public async Task An_event_is_taken_back_by_its_source_and_id()
    {
        foreach (var id in new[] { "e1", "e2" })
            Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Some.Interaction($"{net}:a", $"{net}:t"), id)).StatusCode);
        var undo = $$"""{"undo":"/tests e1","actor":"{{net}}:a","target":"{{net}}:t","at":{{Some.Now}}}""";
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(undo, $"u{i}")).StatusCode);
        await fixture.App.DrainAsync();
        Assert.Equal(1, (await fixture.App.CardAsync($"{net}:t"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64());
    }

    [Fact]
    public async Task The_events_time_stands_in_for_a_missing_one() =>
        Assert.Equal(
            HttpStatusCode.Accepted,
            (
                await SendAsync(
                    $$"""{"type":"like","actor":"{{net}}:a","target":"{{net}}:t"}""",
                    "e1",
                    ("ce-time", DateTimeOffset.UtcNow.ToString("O"))
                )
            ).StatusCode
        );

    [Theory]
    [InlineData("ce-specversion", "0.3")]
    [InlineData("ce-id", "")]
    [InlineData("ce-source", "")]
    [InlineData("ce-time", "yesterday")]
    public async Task An_incomplete_event_is_400(string header, string value) =>
        await Webhook.ProblemAsync(
            await SendAsync(Some.Interaction("n:a", "n:b"), "e1", (header, value)),
            HttpStatusCode.BadRequest,
            "unparseable"
        );

    private Task<HttpResponseMessage> SendAsync(string data, string id, params (string Name, string Value)[] others)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions")
        {
            Content = new StringContent(data, Encoding.UTF8, "application/json"),
        };
        (string Name, string Value)[] headers =
        [
            ("ce-specversion", "1.0"),
            ("ce-id", id),
            ("ce-source", "/tests"),
            ("ce-type", "interaction"),
        ];
        foreach (var (name, value) in headers.Where(h => others.All(o => o.Name != h.Name)).Concat(others))
            request.Headers.TryAddWithoutValidation(name, value);
        return fixture.App.Client.SendAsync(request);
    }
}
