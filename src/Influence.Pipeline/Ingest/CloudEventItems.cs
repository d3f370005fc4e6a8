using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Influence.Pipeline.Ingest;

/// <summary>
/// CloudEvents 1.0 as items: the data, with the event's own id and time for those that the data does not give. Source and id name an event.
/// </summary>
internal static class CloudEventItems
{
    private static readonly JsonEventFormatter Formatter = new();

    public static JsonElement[] Structured(ReadOnlyMemory<byte> body) => [Decode(() => Item(FactBody.Parse(body, "The body")))];

    /// <summary>The events of a batch; undefined for one that is none, which spoils none of the others.</summary>
    public static JsonElement[] Batch(ReadOnlyMemory<byte> body)
    {
        var events = FactBody.Parse(body, "The body");
        return events.ValueKind == JsonValueKind.Array
            ? [.. events.EnumerateArray().Select(ItemOrNone)]
            : throw new BodyFormatException("The body is not an array of events.");
    }

    public static JsonElement Binary(CloudEventHeaders headers, JsonElement data) =>
        Decode(() =>
            Item(
                new CloudEvent(CloudEventsSpecVersion.V1_0)
                {
                    Id = headers.Id,
                    Source = new Uri(headers.Source ?? "", UriKind.RelativeOrAbsolute),
                    Type = headers.Type,
                    Time = headers.Time is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : null,
                    Data = data,
                }.Validate()
            )
        );

    private static JsonElement ItemOrNone(JsonElement cloudEvent)
    {
        try
        {
            return Decode(() => Item(cloudEvent));
        }
        catch (BodyFormatException)
        {
            return default;
        }
    }

    private static JsonElement Item(JsonElement cloudEvent) => Item(Formatter.ConvertFromJsonElement(cloudEvent, null));

    private static JsonElement Decode(Func<JsonElement> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new BodyFormatException("This is not an event of CloudEvents 1.0 in JSON.");
        }
    }

    private static JsonElement Item(CloudEvent cloudEvent)
    {
        if (cloudEvent.Data is not JsonElement { ValueKind: JsonValueKind.Object } data)
            return default;
        var fields = new Dictionary<string, JsonElement>();
        // A name that stands there twice fails: which of the two is meant is not known.
        foreach (var field in data.EnumerateObject())
            fields.Add(field.Name, field.Value);
        if (!fields.ContainsKey("id"))
            fields["id"] = Text(IdOf(cloudEvent));
        if (!fields.ContainsKey("at") && cloudEvent.Time is { } time)
            fields["at"] = Text(time.ToString("O"));
        return JsonSerializer.SerializeToElement(fields, IngestJson.Default.DictionaryStringJsonElement);
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, IngestJson.Default.String);

    private static string IdOf(CloudEvent cloudEvent)
    {
        var id = $"{cloudEvent.Source} {cloudEvent.Id}";
        return id.Length <= FactRules.MaxId ? id : Convert.ToHexString(XxHash128.Hash(Encoding.UTF8.GetBytes(id)));
    }
}
