using System.Text;

namespace Influence.Pipeline.Tests.Webhooks;

/// <summary>From a delivery to its outcome, without a web server.</summary>
public sealed class WebhookReceiverTests : IAsyncLifetime
{
    private const string Secret = "a secret of the tests";
    private readonly App app = new(
        settings:
        [
            ("Webhooks:github:Secrets:0", Secret),
            ("Webhooks:slack:Secrets:0", Secret),
            ("Webhooks:meta:Secrets:0", Secret),
            ("Webhooks:meta:VerifyToken", "a token"),
        ]
    );

    private WebhookReceiver Webhooks => app.Get<WebhookReceiver>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("nobody")]
    [InlineData("x")]
    public async Task A_source_that_is_none_or_has_no_secret_is_unknown(string source)
    {
        Assert.False(Webhooks.TakesSigned(source));
        Assert.Equal(WebhookOutcome.UnknownSource, (await SignedAsync(source, "{}")).Outcome);
        Assert.Null(Webhooks.AnswerHandshake(source, Get(("crc_token", "t"))));
    }

    [Fact]
    public async Task A_source_that_signs_is_not_taken_from_a_forwarder()
    {
        Assert.False(WebhookReceiver.TakesForwarded("github"));
        var result = await Webhooks.TakeForwardedAsync("github", Delivery("{}", []), Writer.Unnamed, default);
        Assert.Equal(WebhookOutcome.UnknownSource, result.Outcome);
    }

    [Fact]
    public async Task The_signature_is_verified_before_the_body_is_parsed()
    {
        Assert.Equal(WebhookOutcome.NotGenuine, (await SignedAsync("github", "{", secret: "another")).Outcome);
        Assert.Equal(WebhookOutcome.Unparseable, (await SignedAsync("github", "{")).Outcome);
    }

    [Fact]
    public async Task A_handshake_is_answered_as_its_source_wants_signed_or_not()
    {
        var signed = await SignedAsync("slack", """{"type":"url_verification","challenge":"3eZbrw1a"}""");
        Assert.Equal((WebhookOutcome.Handshake, "3eZbrw1a"), (signed.Outcome, signed.Reply?.Body));
        string? Answer(string token) =>
            Webhooks.AnswerHandshake("meta", Get(("hub.mode", "subscribe"), ("hub.verify_token", token), ("hub.challenge", "7")))?.Body;
        Assert.Equal("7", Answer("a token"));
        Assert.Null(Answer("another"));
    }

    [Fact]
    public async Task A_delivery_with_nothing_to_score_is_taken_and_counted()
    {
        var result = await SignedAsync("github", """{"zen":"Keep it logically awesome."}""", ("X-GitHub-Event", "ping"));
        Assert.Equal((WebhookOutcome.Taken, 0), (result.Outcome, result.Batch!.Accepted));
        Assert.Empty(result.Batch.Rejected);
        Assert.Equal(1, result.Skipped!["ping"]);
    }

    [Theory]
    [InlineData("du")]
    [InlineData("ud")]
    public async Task What_is_taken_back_by_its_key_alone_is_resolved_whichever_comes_first(string order)
    {
        const string did = "did:plc:m5ra4oduyaqkx2h7wz3tfe6c";
        string Commit(string operation, string record) =>
            $$"""
                {"did":"{{did}}","time_us":{{app.Now}}000000,"kind":"commit",
                "commit":{"operation":"{{operation}}","collection":"app.bsky.feed.like","rkey":"r"{{record}} } }
                """;
        var facts = new List<Fact>();
        foreach (var step in order)
        {
            var body =
                step == 'd'
                    ? Commit("create", ",\"record\":{\"subject\":{\"uri\":\"at://did:plc:target/app.bsky.feed.post/1\"} }")
                    : Commit("delete", "");
            var result = await Webhooks.TakeForwardedAsync("bluesky", Delivery(body, []), Writer.Unnamed, default);
            Assert.Equal(WebhookOutcome.Taken, result.Outcome);
            facts.AddRange((await app.ReceiveAsync()).SelectMany(m => FactsCodec.Read(m).Facts));
        }

        Assert.Equal(order == "du" ? [typeof(Interaction), typeof(Undo)] : [typeof(Undo)], facts.Select(f => f.GetType()));
        Assert.All(facts, f => Assert.Equal("bluesky:did:plc:target", f.About?.Value));
    }

    private Task<WebhookResult> SignedAsync(string source, string body, (string Name, string Value)? header = null, string secret = Secret)
    {
        var signature = ConnectorRegistry.Find(source)?.Sign(Encoding.UTF8.GetBytes(body), secret, app.Now) ?? [];
        var headers = signature.Select(h => (h.Key, h.Value)).Concat(header is { } one ? [one] : []);
        return Webhooks.TakeSignedAsync(source, Delivery(body, headers), default);
    }

    private static Delivery Delivery(string body, IEnumerable<(string Name, string Value)> headers) =>
        new(
            Encoding.UTF8.GetBytes(body),
            headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase).GetValueOrDefault,
            _ => null
        );

    private static Delivery Get(params (string Name, string Value)[] query) =>
        new(default, _ => null, query.ToDictionary(q => q.Name, q => q.Value).GetValueOrDefault);
}
