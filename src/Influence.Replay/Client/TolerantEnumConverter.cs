using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Replay.Client;

/// <summary>Reads an enum of a server that may be newer: a name not known here becomes <see cref="Unknown"/>, not an error.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class TolerantEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <summary>Stands for every name that is not known here.</summary>
    public static readonly T Unknown = (T)Enum.ToObject(typeof(T), -1);

    private static readonly JsonConverter<T> Known =
        (JsonConverter<T>)new JsonStringEnumConverter<T>().CreateConverter(typeof(T), JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Known.Read(ref reader, typeToConvert, options);
        }
        catch (JsonException) when (reader.TokenType == JsonTokenType.String)
        {
            return Unknown;
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Known.Write(writer, value, options);
}
