using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Webhooks;

[Collection(AppCollection.Name)]
public sealed class WebhookTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task A_wrong_signature_is_401_and_says_nothing_of_the_secret()
    {
        var response = await Webhook.SendAsync(fixture.App, "github", "{}", secret: "wrong");
        Assert.DoesNotContain("secret of github", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Webhook.ProblemAsync(response, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task The_signature_is_checked_before_the_body_is_read() =>
        await Webhook.ProblemAsync(
            await Webhook.SendAsync(fixture.App, "github", "{", secret: "wrong"),
            HttpStatusCode.Unauthorized,
            "invalid_signature"
        );

    [Fact]
    public async Task A_genuine_body_that_is_no_json_is_400() =>
        await Webhook.ProblemAsync(await Webhook.SendAsync(fixture.App, "github", "{"), HttpStatusCode.BadRequest, "unparseable");

    [Fact]
    public async Task A_source_that_is_none_is_404() =>
        await Webhook.ProblemAsync(await Webhook.SendAsync(fixture.App, "nobody", "{}"), HttpStatusCode.NotFound, "unknown_source");

    [Fact]
    public async Task A_body_over_four_MiB_is_413() =>
        await Webhook.ProblemAsync(
            await Webhook.SendAsync(fixture.App, "github", new string(' ', 4 * 1024 * 1024) + "{}"),
            HttpStatusCode.RequestEntityTooLarge,
            "too_large"
        );

    [Fact]
    public async Task A_ping_is_202_with_zero_counts()
    {
        var taken = await Webhook.TakenAsync(fixture.App, "github", """{"zen":"Keep it logically awesome."}""", ("X-GitHub-Event", "ping"));
        Assert.Equal(0, taken.GetProperty("accepted").GetInt32());
        Assert.Equal(0, taken.GetProperty("rejected").GetArrayLength());
        Assert.Equal(1, taken.GetProperty("skipped").GetProperty("ping").GetInt32());
    }

    [Fact]
    public async Task A_challenge_is_answered_with_its_text()
    {
        var response = await Webhook.SendAsync(fixture.App, "slack", """{"type":"url_verification","challenge":"3eZbrw1a"}""");
        Assert.Equal((HttpStatusCode.OK, "3eZbrw1a"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_challenge_is_answered_only_if_it_is_signed()
    {
        const string Body = """{"subscription":{"type":"channel.follow"},"challenge":"pogchamp-kappa-360noscope-vohiyo"}""";
        (string, string)[] headers = [("Twitch-Eventsub-Message-Type", "webhook_callback_verification")];
        var response = await Webhook.SendAsync(fixture.App, "twitch", Body, headers);
        Assert.Equal(
            (HttpStatusCode.OK, "pogchamp-kappa-360noscope-vohiyo"),
            (response.StatusCode, await response.Content.ReadAsStringAsync())
        );
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        await Webhook.ProblemAsync(
            await Webhook.SendAsync(fixture.App, "twitch", Body, headers, secret: "wrong"),
            HttpStatusCode.Unauthorized,
            "invalid_signature"
        );
    }

    [Theory]
    [InlineData("x", "crc_token=challenge_string", """{"response_token":"sha256=""")]
    [InlineData(
        "linkedin",
        "challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0",
        """{"challengeCode":"890e4665-4dfe-4ab1-b689-ed553bceeed0","challengeResponse":" """
    )]
    [InlineData(
        "meta",
        "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=the%20verify%20token%20of%20the%20tests",
        "1158201444"
    )]
    public async Task A_handshake_is_answered_as_the_source_wants(string source, string query, string begins)
    {
        using var client = fixture.App.NewClient(key: null);
        var response = await client.GetAsync($"/api/v1/webhooks/{source}?{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(begins.TrimEnd(), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_the_source_does_not_make_is_401()
    {
        using var client = fixture.App.NewClient(key: null);
        await Webhook.ProblemAsync(
            await client.GetAsync("/api/v1/webhooks/github?hub.challenge=1"),
            HttpStatusCode.Unauthorized,
            "handshake_refused"
        );
    }

    [Fact]
    public async Task A_thousand_items_are_taken_and_a_bad_one_costs_no_other()
    {
        var items = Enumerable
            .Range(0, 998)
            .Select(i => Some.Interaction($"{net}:{i}", $"{net}:t"))
            .Append("""{"type":"poke"}""")
            .Append(Some.Interaction($"{net}:old", $"{net}:t", age: 91 * 86_400));
        var body = $$"""{"interactions":{{Some.Batch(items)}}}""";
        for (var delivery = 0; delivery < 2; delivery++)
        {
            var taken = await Webhook.TakenAsync(fixture.App, "standard", body);
            Assert.Equal(998, taken.GetProperty("accepted").GetInt32());
            Assert.Equal(
                [(998, "unknown_type"), (999, "too_old")],
                taken
                    .GetProperty("rejected")
                    .EnumerateArray()
                    .Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("code").GetString()!))
            );
            Assert.Equal(998, await CountedAsync());
        }
    }

    [Fact]
    public async Task A_standard_webhook_refuses_what_POST_interactions_refuses_in_the_same_words()
    {
        var item = Some.Interaction($"{net}:a", $"{net}:t")[..^1];
        string[] items =
        [
            $"{item}}}",
            """{"type":"like","actor":"n:a","target":"n:b","at":1795000000000}""",
            """{"type":"like","actor":"n:a","target":"n:b","at":"1795000000"}""",
            $"{item},\"type\":\"share\"}}",
            $"{item},\"undo\":\"\"}}",
            "7",
        ];
        var body = $$"""{"interactions":{{Some.Batch(items)}}}""";
        var posted = await (await fixture.App.PostInteractionsAsync(body)).Content.ReadFromJsonAsync<JsonElement>();
        var delivered = await Webhook.TakenAsync(fixture.App, "standard", body);
        Assert.Equal(1, posted.GetProperty("accepted").GetInt32());
        Assert.Equal(5, posted.GetProperty("rejected").GetArrayLength());
        Assert.Equal(1, delivered.GetProperty("accepted").GetInt32());
        Assert.Equal(posted.GetProperty("rejected").GetRawText(), delivered.GetProperty("rejected").GetRawText());
    }

    [Fact]
    public async Task A_thousand_updates_that_are_remembered_are_taken_and_sending_them_again_changes_nothing()
    {
        var account = 1_000_000_000_000_000_000L + RandomNumberGenerator.GetInt32(int.MaxValue);
        var updates = Enumerable
            .Range(0, 1000)
            .Select(i =>
                i == 7
                    ? """{"field":"comments","value":"?"}"""
                    : $$$"""
                        {"field":"comments","value":{"id":"{{{account}}}{{{i}}}","from":{"id":"{{{i + 1}}}","username":"u"},
                        "media":{"id":"1"},"text":"{{{new string('x', 2100)}}}"} }
                        """
            );
        var body =
            $$"""{"object":"instagram","entry":[{"id":"{{account}}","time":{{Some.Now}},"changes":[{{string.Join(',', updates)}}]}]}""";
        Assert.InRange(body.Length, 2 * 1024 * 1024, 4 * 1024 * 1024);
        for (var delivery = 0; delivery < 2; delivery++)
        {
            var taken = await Webhook.TakenAsync(fixture.App, "meta", body);
            Assert.Equal(
                (999, 1),
                (taken.GetProperty("accepted").GetInt32(), taken.GetProperty("skipped").GetProperty("malformed").GetInt32())
            );
            Assert.Equal(999, await CountedAsync($"instagram:{account}"));
        }
    }

    [Fact]
    public async Task A_like_without_a_moment_counts_once_however_often_it_comes()
    {
        var forum = $"{net}.example";
        var body =
            """{"like":{"post":{"id":7,"username":"Odile","post_type":1,"topic_id":8,"post_number":1},"user":{"username":"tove"}}}""";
        for (var delivery = 0; delivery < 3; delivery++)
            Assert.Equal(
                1,
                (
                    await Webhook.TakenAsync(
                        fixture.App,
                        "discourse",
                        body,
                        ("X-Discourse-Event", "post_liked"),
                        ("X-Discourse-Instance", $"https://{forum}")
                    )
                )
                    .GetProperty("accepted")
                    .GetInt32()
            );
        Assert.Equal(1, await CountedAsync($"discourse:{forum}/odile"));
    }

    [Fact]
    public async Task Nothing_personal_and_no_secret_is_logged()
    {
        await Webhook.TakenAsync(
            fixture.App,
            "standard",
            $$"""{"interactions":[{{Some.Interaction($"{net}:somebody-private", $"{net}:t")}}]}"""
        );
        Assert.Contains("Webhook standard", fixture.App.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-private", fixture.App.Log, StringComparison.Ordinal);
        Assert.All(Webhook.Settings, s => Assert.DoesNotContain(s.Value, fixture.App.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_forwarded_route_needs_a_key_and_a_source_that_cannot_sign()
    {
        using var stranger = fixture.App.NewClient(key: null);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await stranger.PostAsync("/api/v1/forwarded/github", new StringContent("{}"))).StatusCode
        );
        await Webhook.ProblemAsync(
            await fixture.App.Client.PostAsync("/api/v1/forwarded/github", new StringContent("{}")),
            HttpStatusCode.NotFound,
            "unknown_source"
        );
    }

    private async Task<long> CountedAsync(string? account = null) =>
        (await fixture.App.CardAsync(account ?? $"{net}:t"))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64();
}
