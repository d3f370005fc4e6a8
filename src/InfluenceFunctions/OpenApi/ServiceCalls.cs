namespace InfluenceFunctions.OpenApi;

/// <summary>The calls about the app itself.</summary>
internal static class ServiceCalls
{
    public const string Tag = "Service";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GetHealth", "get", "/api/health", Caller.Anyone, Tag, "Whether the app can do its work")
        {
            AsksStorage = false,
            Answers =
            [
                Answer.Json<HealthReport>(200, "Storage answers."),
                Answer.Json<HealthReport>(503, "Storage cannot be reached; the same body says so."),
            ],
        },
        new("GetOpenApi", "get", "/api/openapi.json", Caller.Anyone, Tag, "This description")
        {
            HasHead = true,
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
