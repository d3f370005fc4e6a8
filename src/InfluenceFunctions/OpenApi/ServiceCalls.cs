namespace InfluenceFunctions.OpenApi;

/// <summary>The calls about the app itself.</summary>
internal static class ServiceCalls
{
    public const string Tag = "Service";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GetHealth", "get", "/api/health", Caller.Anyone, Tag, "Whether the app can do its work")
        {
            HasHead = true,
            IsAlwaysOpen = true,
            AsksStorage = false,
            Answers =
            [
                Answer.Json<HealthReport>(200, "Tables and queues answer."),
                Answer.Json<HealthReport>(503, "Tables or queues cannot be reached; the same body says which."),
            ],
        },
        new("GetLive", "get", "/api/health/live", Caller.Anyone, Tag, "Whether the process answers")
        {
            HasHead = true,
            IsAlwaysOpen = true,
            AsksStorage = false,
            Details = "Nothing else is asked.",
            Answers = [Answer.Json<LiveReport>(200, "It does.")],
        },
        new("GetReady", "get", "/api/health/ready", Caller.Anyone, Tag, "Whether readers can be served")
        {
            HasHead = true,
            IsAlwaysOpen = true,
            AsksStorage = false,
            Details = "The settings are right and the tables answer. Queues are not asked: reads need none.",
            Answers =
            [
                Answer.Json<ReadyReport>(200, "They can."),
                Answer.Json<ReadyReport>(503, "The tables cannot be reached; the body names the setting to look at."),
            ],
        },
        new("GetOpenApi", "get", "/api/openapi.json", Caller.Anyone, Tag, "This description")
        {
            HasHead = true,
            IsAlwaysOpen = true,
            AsksStorage = false,
            Answers =
            [
                new(200, "A document of OpenAPI 3.1.", Answer.JsonType)
                {
                    Schema = """
                        {"type":"object","required":["openapi","info","paths"],"properties":{"openapi":{"type":"string"}}}
                        """,
                    Headers = ["Cache-Control", "ETag"],
                },
            ],
        },
    ];
}
