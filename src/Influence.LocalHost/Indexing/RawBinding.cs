using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.LocalHost.Indexing;

/// <summary>One binding of a function, as its attribute was written.</summary>
internal sealed record RawBinding(
    string Name,
    string Type,
    string? Route = null,
    IReadOnlyList<string>? Methods = null,
    string? AuthLevel = null,
    string? QueueName = null,
    string? Schedule = null
)
{
    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="JsonException">It is none.</exception>
    public static RawBinding Read(string json) => JsonSerializer.Deserialize(json, RawBindingJson.Default.RawBinding)!;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RawBinding))]
internal sealed partial class RawBindingJson : JsonSerializerContext;
