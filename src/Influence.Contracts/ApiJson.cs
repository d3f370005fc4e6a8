using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>The API's JSON: source-generated, camel case, nulls left out, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountStanding))]
[JsonSerializable(typeof(AudienceReport))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(Badge))]
[JsonSerializable(typeof(BoardAround))]
[JsonSerializable(typeof(BoardList))]
[JsonSerializable(typeof(BoardPage))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(DeadLetterList))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(LinkedProfile))]
[JsonSerializable(typeof(LiveReport))]
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(OEmbed))]
[JsonSerializable(typeof(PolicyReport))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(PublicationRequest))]
[JsonSerializable(typeof(RenameSuggestionList))]
[JsonSerializable(typeof(ScoreCard))]
[JsonSerializable(typeof(ScoreCards))]
[JsonSerializable(typeof(ScoreHistory))]
[JsonSerializable(typeof(StandingRequest))]
[JsonSerializable(typeof(TakenBatch))]
[JsonSerializable(typeof(TakenDelivery))]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(VerifyReport))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>What the app writes with: bodies are never HTML, so names in any script stay readable.</summary>
    public static ApiJson Readable { get; } =
        new(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
