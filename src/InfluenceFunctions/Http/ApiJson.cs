using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfluenceFunctions.Http;

/// <summary>JSON of the API: source-generated, camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TakenBatch))]
[JsonSerializable(typeof(TakenDelivery))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ScoreCard))]
[JsonSerializable(typeof(BoardList))]
[JsonSerializable(typeof(BoardAround))]
[JsonSerializable(typeof(BoardPage))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(PublicationRequest))]
[JsonSerializable(typeof(VerificationBody))]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Bodies are JSON, never HTML: names in any script stay readable.</summary>
    public static ApiJson Readable { get; } =
        new(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
