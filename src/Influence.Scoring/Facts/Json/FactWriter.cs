using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>Writes facts as the JSON items that <see cref="FactReader"/> reads: the one form of a fact outside of the core.</summary>
/// <remarks>The moment, <c>at</c>, is a number and always the last field, so that a log's moments can be moved in place.</remarks>
public static class FactWriter
{
    /// <summary>Options for writers of items: never HTML, so that every script stays readable and short.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes items as one JSON array.</summary>
    /// <param name="to">Where to, in UTF-8.</param>
    /// <param name="facts">The facts.</param>
    public static void WriteArray(IBufferWriter<byte> to, IEnumerable<Fact> facts)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartArray();
        foreach (var fact in facts)
            Write(json, fact);
        json.WriteEndArray();
    }

    /// <summary>Writes one item.</summary>
    /// <param name="json">Where to; the item is one value.</param>
    /// <param name="fact">The fact.</param>
    public static void Write(Utf8JsonWriter json, Fact fact)
    {
        switch (fact)
        {
            case Interaction interaction:
                Write(json, FieldsOf(interaction));
                break;
            case Undo { Original: var original } undo:
                Write(json, FieldsOf(original) with { Undo = "true", At = undo.At });
                break;
            case MetricReport metric:
                Write(json, metric);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType(), "Not a kind of fact.");
        }
    }

    /// <summary>Writes an interaction unchecked; whatever reads it says which rules it breaks.</summary>
    /// <param name="json">Where to; the item is one value.</param>
    /// <param name="fields">Its fields; null and empty ones are left out.</param>
    public static void Write(Utf8JsonWriter json, in InteractionFields fields)
    {
        json.WriteStartObject();
        Text(json, FactField.Type, fields.Type);
        Text(json, FactField.Actor, fields.Actor);
        Text(json, FactField.Target, fields.Target);
        Text(json, FactField.ActorName, fields.ActorName);
        Text(json, FactField.TargetName, fields.TargetName);
        Text(json, FactField.Id, fields.Id);
        Text(json, FactField.Object, fields.Object);
        Text(json, FactField.Community, fields.Community);
        if (!fields.Topics.IsDefaultOrEmpty)
        {
            json.WriteStartArray(FactFields.NameOf(FactField.Topics));
            foreach (var topic in fields.Topics)
                json.WriteStringValue(topic);
            json.WriteEndArray();
        }

        if (fields.Undo == "true")
            json.WriteBoolean(FactFields.NameOf(FactField.Undo), true);
        else
            Text(json, FactField.Undo, fields.Undo);
        json.WriteNumber(FactFields.NameOf(FactField.At), fields.At);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MetricReport metric)
    {
        json.WriteStartObject();
        json.WriteString(FactFields.NameOf(FactField.Account), metric.Account.Value);
        json.WriteString(
            FactFields.NameOf(FactField.Metric),
            metric.Counts is { } counts ? MetricReport.NameOf(counts) : MetricReport.Followers
        );
        json.WriteNumber(FactFields.NameOf(metric.Counts is null ? FactField.Value : FactField.Add), metric.Value);
        Text(json, FactField.Id, metric.Id);
        json.WriteNumber(FactFields.NameOf(FactField.At), metric.At);
        json.WriteEndObject();
    }

    private static InteractionFields FieldsOf(Interaction i) =>
        new(InteractionTypes.NameOf(i.Type), i.Actor.Value, i.Target?.Value, i.At)
        {
            ActorName = i.ActorName,
            TargetName = i.TargetName,
            Id = i.Id,
            Object = i.Object,
            Topics = i.Context.Topics,
            Community = i.Context.Community,
        };

    private static void Text(Utf8JsonWriter json, FactField field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(FactFields.NameOf(field), value);
    }
}

/// <summary>An interaction as a log tells it: nothing in it is checked.</summary>
/// <param name="Type">What was done.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Target">Whose account received it.</param>
/// <param name="At">The moment, Unix seconds UTC.</param>
public readonly record struct InteractionFields(string Type, string Actor, string? Target, long At)
{
    /// <summary>How the actor is shown.</summary>
    public string? ActorName { get; init; }

    /// <summary>How the target is shown.</summary>
    public string? TargetName { get; init; }

    /// <summary>The fact's own id.</summary>
    public string? Id { get; init; }

    /// <summary>What it was about.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The field's word: actor, verb, object.")]
    public string? Object { get; init; }

    /// <summary>Topics.</summary>
    public ImmutableArray<string> Topics { get; init; }

    /// <summary>Where it happened.</summary>
    public string? Community { get; init; }

    /// <summary><c>true</c>, or the id of what is taken back; null for what is no undo.</summary>
    public string? Undo { get; init; }
}
