using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Influence.Pipeline.Ingest;

/// <summary>The attributes of a CloudEvent in binary mode; null where one is absent.</summary>
/// <param name="SpecVersion">The version of the specification.</param>
/// <param name="Id">Names the event within its source.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Type">What happened; not used.</param>
/// <param name="Time">When it happened, in ISO 8601.</param>
public sealed record CloudEventAttributes(string? SpecVersion, string? Id, string? Source, string? Type, string? Time);

/// <summary>CloudEvents 1.0 (cloudevents.io) as items.</summary>
/// <remarks>
/// The data is the item. <c>source</c> and <c>id</c> together are the id of an item that has none, <c>time</c> its moment. Like any other
/// moment (<see cref="Timestamp"/>), a time without an offset is UTC.
/// </remarks>
internal static class CloudEvents
{
    private const string Version = "1.0";

    public static BodyItem Structured(JsonElement cloudEvent)
    {
        if (cloudEvent.ValueKind != JsonValueKind.Object)
            return Refused(FactRefusal.Invalid("event", "is not a JSON object: an event of CloudEvents 1.0 is one"));
        if (JsonText.RefuseNames(cloudEvent) is { } refusal)
            return Refused(refusal);
        foreach (var name in (ReadOnlySpan<string>)["specversion", "id", "source", "type", "time"])
            if (cloudEvent.TryGetProperty(name, out var value) && !IsText(value))
                return Refused(FactRefusal.Invalid(name, "is not a string: attributes of CloudEvents 1.0 are"));
        var attributes = new CloudEventAttributes(
            Text(cloudEvent, "specversion"),
            Text(cloudEvent, "id"),
            Text(cloudEvent, "source"),
            Text(cloudEvent, "type"),
            Text(cloudEvent, "time")
        );
        if (cloudEvent.TryGetProperty("data", out var data) || !cloudEvent.TryGetProperty("data_base64", out var encoded))
            return Binary(attributes, data);
        return Decode(encoded) is { } decoded
            ? Binary(attributes, decoded)
            : Refused(FactRefusal.Invalid("data_base64", "is not JSON in base64: in an event of CloudEvents 1.0 it is the item"));
    }

    public static BodyItem Binary(CloudEventAttributes attributes, JsonElement data)
    {
        var (version, id, source, type, time) = attributes;
        if (version != Version)
            return Refused(FactRefusal.Invalid("specversion", "is not 1.0: no other version of CloudEvents is taken"));
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("id", id), ("source", source), ("type", type)])
            if (string.IsNullOrEmpty(value))
                return Refused(new FactRefusal(RefusalCode.MissingField, name, "is required in an event of CloudEvents 1.0"));
        long? at = null;
        if (time is not null)
        {
            if (!Timestamp.TryParse(time, out var seconds))
                return Refused(
                    FactRefusal.Invalid("time", "is not a time like 2026-01-31T12:00:00Z, as an event of CloudEvents 1.0 gives it")
                );
            at = seconds;
        }

        var defaults = new FactDefaults(IdOf(source!, id!), at);
        return data.ValueKind == JsonValueKind.Object
            ? new BodyItem(data, defaults)
            : new BodyItem(
                default,
                defaults,
                FactRefusal.Invalid("data", "is not a JSON object: in an event of CloudEvents 1.0 it is the item")
            );
    }

    // How some producers send all data, since they do not look into it.
    private static JsonElement? Decode(JsonElement encoded)
    {
        if (encoded.ValueKind != JsonValueKind.String || !JsonText.TryGet(encoded, out var text))
            return null;
        var json = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, json, out var length))
            return null;
        try
        {
            return JsonElement.Parse(json.AsSpan(0, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BodyItem Refused(FactRefusal refusal) => new(default, default, refusal);

    private static bool IsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && JsonText.TryGet(value, out _));

    private static string? Text(JsonElement cloudEvent, string name) =>
        cloudEvent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A longer id is hashed, so that it fits an item's.
    private static string IdOf(string source, string id)
    {
        var whole = $"{source} {id}";
        return whole.Length <= FactRules.MaxId ? whole : Convert.ToHexString(XxHash128.Hash(Encoding.UTF8.GetBytes(whole)));
    }
}
