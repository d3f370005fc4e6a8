using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Replay;

/// <summary>JSON of the replay's own files.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ReplayJson : JsonSerializerContext
{
    /// <summary>The API's JSON, read tolerantly: the server may be of another version.</summary>
    public static ApiJson Api { get; } =
        new(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Converters = { new TolerantEnumConverter<PublicationStatus>() },
            }
        );
}
