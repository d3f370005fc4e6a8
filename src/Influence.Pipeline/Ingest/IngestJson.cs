using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Ingest;

/// <summary>JSON that ingest handles itself.</summary>
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class IngestJson : JsonSerializerContext;
