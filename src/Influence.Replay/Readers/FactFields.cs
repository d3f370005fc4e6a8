using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>The fields of an interaction that is not JSON yet; null or empty ones are left out.</summary>
internal sealed record FactFields(string Type, string Actor, string? Target, long At)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What it was about.</summary>
    public string? About { get; init; }

    /// <summary>The fact's own id.</summary>
    public string? Id { get; init; }

    /// <summary>Topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Where it happened.</summary>
    public string? Community { get; init; }

    /// <summary><c>true</c>, or the id of what is taken back.</summary>
    public string? Undo { get; init; }

    /// <summary>The item as JSON.</summary>
    public FactLine ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            Write(json);
            // Last, so that its place is known by counting from the end.
            json.WriteNumber("at", At);
            json.WriteEndObject();
        }

        var digits = At.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        return new FactLine(buffer.WrittenMemory, buffer.WrittenCount - 1 - digits, digits, At);
    }

    private void Write(Utf8JsonWriter json)
    {
        Text(json, "id", Id);
        Text(json, "type", Type);
        Text(json, "actor", Actor);
        Text(json, "target", Target);
        Text(json, "object", About);
        Text(json, "community", Community);
        if (Topics.Count > 0)
        {
            json.WriteStartArray("topics");
            foreach (var topic in Topics)
                json.WriteStringValue(topic);
            json.WriteEndArray();
        }

        if (Undo == "true")
            json.WriteBoolean("undo", true);
        else
            Text(json, "undo", Undo);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }
}
