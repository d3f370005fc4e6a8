using System.Text.Json;

namespace InfluenceFunctions.OpenApi;

/// <summary>The calls that take facts in.</summary>
internal static class IngestCalls
{
    public const string Tag = "Facts";

    private const string Limits = "In UTF-8, at most 1,000 items and 1 MiB, measured unpacked.";

    private const string SomeInteraction = """
        {"type":"share","actor":"github:ben","target":"github:ann","at":"2026-11-27T09:30:00Z","id":"s-1","topics":["compilers"]}
        """;

    private const string SomeMetric = """
        {"account":"github:ann","metric":"followers","value":40,"at":"2026-11-27T09:30:00Z"}
        """;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("TakeInteractions", "post", "/api/v1/interactions", Caller.Writer, Tag, "Takes interactions in")
        {
            Details =
                "Sending a batch again is safe: each fact counts once. Items that break a rule are in `rejected`; the others are taken.",
            Parameters = Sent,
            Body = BodyOf("interactions", SomeInteraction),
            Answers =
            [
                Answer.Json<TakenBatch>(202, "The facts are on the queue.", "RateLimit", "RateLimit-Policy"),
                Answer.Problem(403, "operator_key_required", "unnamed_key"),
                Answer.Throttled,
                .. Refused,
            ],
        },
        new("AllowEvents", "options", "/api/v1/interactions", Caller.Writer, Tag, "The handshake of CloudEvents' webhooks")
        {
            Parameters =
            [
                new("WebHook-Request-Origin", "header", "Names the sender.", """{"type":"string","minLength":1}""")
                {
                    IsRequired = true,
                    Example = "\"shop.example\"",
                },
            ],
            AsksStorage = false,
            Answers =
            [
                new(200, "The sender may send.") { Headers = ["WebHook-Allowed-Origin", "WebHook-Allowed-Rate"] },
                Answer.Problem(403, "unnamed_key"),
                Answer.Problem(400, "missing_origin", "invalid_parameter"),
            ],
        },
        new("TakeMetrics", "post", "/api/v1/metrics", Caller.Writer, Tag, "Takes counts without people in")
        {
            Details = "Of `followers` the latest report counts; a counter's reports add up, each id once.",
            Parameters = Sent,
            Body = BodyOf("metrics", SomeMetric),
            Answers =
            [
                Answer.Json<TakenBatch>(202, "The facts are on the queue.", "RateLimit", "RateLimit-Policy"),
                Answer.Problem(403, "operator_key_required", "unnamed_key"),
                Answer.Throttled,
                .. Refused,
            ],
        },
        new("TakeImport", "post", "/api/v1/imports", Caller.Operator, Tag, "Takes interactions up to 400 days old in, once")
        {
            Details = "As the call for interactions; those over 90 days old enter ties only, and `old` counts them.",
            Parameters = Sent,
            Body = BodyOf("interactions", SomeInteraction),
            Answers =
            [
                Answer.Json<TakenBatch>(202, "The facts are on the queue."),
                Answer.Problem(429, "too_many_writes", "backlog"),
                .. Refused,
            ],
        },
    ];

    private static Parameter[] Sent =>
        [
            new(
                IdempotencyKey.Header,
                "header",
                "Names the batch in answers and logs. That it counts once does not rest on it. It may stand in quotes.",
                $$"""{"type":"string","pattern":"^\"?[A-Za-z0-9._-]{1,{{IdempotencyKey.MaxLength}}}\"?$"}"""
            ),
            new("Content-Encoding", "header", "How the body is packed.", """{"type":"string","enum":["gzip","br","identity"]}"""),
        ];

    private static Answer[] Refused =>
        [
            Answer.Problem(400, "unparseable", "invalid_parameter"),
            Answer.Problem(413, "too_many_items"),
            Answer.Problem(415, "unsupported_media_type"),
            Answer.Problem(422, "nothing_acceptable"),
        ];

    private static Body BodyOf(string kind, string item)
    {
        var name = kind == "interactions" ? "Interaction" : "Metric";
        var cloudEvent = $$"""
            {"specversion":"1.0","id":"e-1","source":"shop.example","type":"fact","data":{{item}}}
            """;
        return new Body(
            $"{Limits} An event of CloudEvents in binary mode is `application/json` with headers that begin with `ce-`.",
            new BodyForm(
                Answer.JsonType,
                $$"""{"oneOf":[{"$ref":"#/components/schemas/{{name}}Batch"},{"$ref":"#/components/schemas/{{name}}List"}]}""",
                $$"""{"{{kind}}":[{{item}}]}"""
            ),
            new BodyForm(
                "application/x-ndjson",
                $$"""{"type":"string","description":"One {{name.ToLowerInvariant()}} a line, each as the schema `{{name}}`."}""",
                $"\"{JsonEncodedText.Encode(item.Trim() + "\n")}\""
            ),
            new BodyForm("application/cloudevents+json", """{"$ref":"#/components/schemas/CloudEvent"}""", cloudEvent),
            new BodyForm(
                "application/cloudevents-batch+json",
                $$"""{"type":"array","maxItems":{{FactIngestor.MaxItems}},"items":{"$ref":"#/components/schemas/CloudEvent"} }""",
                $"[{cloudEvent}]"
            )
        );
    }
}
