namespace InfluenceFunctions.OpenApi;

/// <summary>The calls that social tools make.</summary>
internal static class WebhookCalls
{
    private const string Form = """{"type":"object","description":"A delivery, as the source sends it."}""";

    private const string Text = """{"type":"string"}""";

    private static readonly Body Delivery = new(
        "At most 4 MiB. docs/connectors.md says what each source sends.",
        new BodyForm(Answer.JsonType, Form)
    );

    private static readonly Answer Taken = Answer.Json<TakenDelivery>(
        202,
        "The facts are on the queue; `skipped` counts what is not scored."
    );

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("TakeWebhook", "post", "/api/v1/webhooks/{source}", Caller.Anyone, IngestCalls.Tag, "Takes a signed delivery in")
        {
            Details = "Who sends shows it by the signature of the source, and not by a key.",
            Parameters = [Parameters.Source],
            Body = Delivery,
            Answers =
            [
                new(200, "A handshake that comes as a delivery, answered as the source has it.", "text/plain") { Schema = Text },
                Taken,
                Answer.Problem(401, "invalid_signature", "handshake_refused"),
                Answer.Problem(429, "too_many_writes"),
                .. Refused,
            ],
        },
        new("TakeWebhook", "get", "/api/v1/webhooks/{source}", Caller.Anyone, IngestCalls.Tag, "Answers a source's handshake")
        {
            Id = "answerHandshake",
            Details = "Parameters as the source has them: `hub.challenge`, `crc_token`, `challengeCode` and others.",
            Parameters = [Parameters.Source],
            AsksStorage = false,
            Answers =
            [
                new(200, "The handshake, answered as the source has it.", "text/plain") { Schema = Text },
                new(200, "The same, of a source that reads JSON.", Answer.JsonType) { Schema = """{"type":"object"}""" },
                Answer.Problem(401, "handshake_refused"),
                Answer.Problem(404, "unknown_source"),
            ],
        },
        new("TakeForwardedWebhook", "post", "/api/v1/forwarded/{source}", Caller.Writer, IngestCalls.Tag, "Takes a forwarded delivery in")
        {
            Details = "For sources that cannot sign: what forwards their deliveries shows a function key.",
            Parameters = [Parameters.Source with { Example = "\"bluesky\"" }],
            Body = Delivery,
            Answers =
            [
                Taken with
                {
                    Headers = ["RateLimit", "RateLimit-Policy"],
                },
                Answer.Problem(403, "source_not_allowed", "unnamed_key"),
                Answer.Throttled,
                .. Refused,
            ],
        },
    ];

    private static Answer[] Refused =>
        [Answer.Problem(400, "unparseable"), Answer.Problem(404, "unknown_source"), Answer.Problem(415, "unsupported_media_type")];
}
