using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Influence.Pipeline;

/// <summary>Splits a body into items: a JSON object or bare array, NDJSON, or CloudEvents 1.0 (structured and batch).</summary>
internal static class FactBody
{
    /// <summary>The content types taken.</summary>
    public const string Accepted = "application/json, application/x-ndjson, application/cloudevents+json, application/cloudevents-batch+json";

    private static readonly JsonEventFormatter CloudEvents = new();

    /// <summary>The items of a body; null for a content type that is not taken.</summary>
    /// <exception cref="BodyFormatException">The body is not in the format it claims.</exception>
    public static IReadOnlyList<JsonElement>? Items(string? contentType, ReadOnlyMemory<byte> body, FactKind kind)
    {
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)) return null;
        if (type.CharSet is { } charSet && !charSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return null;
        return type.MediaType?.ToLowerInvariant() switch
        {
            MediaTypeNames.Application.Json => Json(body, kind),
            "application/x-ndjson" or "application/ndjson" => Lines(body),
            "application/cloudevents+json" => Decode(() => new[] { Event(CloudEvents.DecodeStructuredModeMessage(body, null, null)) }),
            "application/cloudevents-batch+json" => Decode(() => CloudEvents.DecodeBatchModeMessage(body, null, null).Select(Event).ToArray()),
            _ => null,
        };
    }

    private static JsonElement[] Json(ReadOnlyMemory<byte> body, FactKind kind)
    {
        var root = Parse(body, "The body");
        var name = kind == FactKind.Interactions ? "interactions" : "metrics";
        if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty(name, out root)) throw new BodyFormatException($"The body has no '{name}' array.");
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : throw new BodyFormatException($"'{name}' is not an array.");
    }

    private static List<JsonElement> Lines(ReadOnlyMemory<byte> body)
    {
        var items = new List<JsonElement>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty) items.Add(Parse(line, $"Line {number}"));
        }

        return items;
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonElement.Parse(json.Span);
        }
        catch (JsonException e)
        {
            throw new BodyFormatException($"{what} is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }

    private static T Decode<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new BodyFormatException("The body is not a CloudEvents 1.0 document in JSON.");
        }
    }

    // The event's own id and time stand in for those its data does not give: source + id name an event.
    private static JsonElement Event(CloudEvent cloudEvent)
    {
        if (cloudEvent.Data is not JsonElement { ValueKind: JsonValueKind.Object } data) return default;
        var fields = new Dictionary<string, JsonElement>();
        foreach (var field in data.EnumerateObject()) fields[field.Name] = field.Value;
        if (!fields.ContainsKey("id")) fields["id"] = Text(EventId(cloudEvent));
        if (!fields.ContainsKey("at") && cloudEvent.Time is { } time) fields["at"] = Text(time.ToString("O"));
        return JsonSerializer.SerializeToElement(fields, IngestJson.Default.DictionaryStringJsonElement);
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, IngestJson.Default.String);

    private static string EventId(CloudEvent cloudEvent)
    {
        var id = $"{cloudEvent.Source} {cloudEvent.Id}";
        return id.Length <= Scoring.FactLimits.MaxId
            ? id
            : Convert.ToHexString(System.IO.Hashing.XxHash128.Hash(System.Text.Encoding.UTF8.GetBytes(id)));
    }
}
