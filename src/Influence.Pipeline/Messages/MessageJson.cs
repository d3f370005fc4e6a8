using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Messages;

/// <summary>JSON of what travels on queues: source-generated, camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FactsMessage))]
[JsonSerializable(typeof(WorkflowMessage))]
[JsonSerializable(typeof(IReadOnlyList<FactItem>))]
[JsonSerializable(typeof(List<FactItem>))]
internal sealed partial class MessageJson : JsonSerializerContext;
