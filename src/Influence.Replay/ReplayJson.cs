using System.Text.Json.Serialization;

namespace Influence.Replay;

/// <summary>All JSON that the replay reads and writes.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(PublicationAnswer))]
[JsonSerializable(typeof(BoardAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(VerificationAnswer))]
internal sealed partial class ReplayJson : JsonSerializerContext;
