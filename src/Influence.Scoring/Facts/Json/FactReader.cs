using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>What a batch holds; in lower case also the name of the array in a JSON object.</summary>
public enum FactKind
{
    /// <summary><c>{"interactions":[…]}</c></summary>
    Interactions,

    /// <summary><c>{"metrics":[…]}</c></summary>
    Metrics,
}

/// <summary>An item as it was read: a fact, or why it is none.</summary>
/// <param name="Id">Its id, where it has one that can be read.</param>
/// <param name="Fact">The fact; null when it is refused.</param>
/// <param name="Refusal">The first rule that it breaks; null for a fact.</param>
public readonly record struct ReadFact(string? Id, Fact? Fact, FactRefusal? Refusal)
{
    /// <summary>Names of its fields that nobody reads; null for none.</summary>
    public IReadOnlyList<string>? UnknownFields { get; init; }

    /// <summary>An item that is no fact.</summary>
    public static ReadFact Refused(FactRefusal refusal) => new(null, null, refusal);
}

/// <summary>What an envelope says of an item that does not say it itself.</summary>
/// <param name="Id">The id.</param>
/// <param name="At">The moment, Unix seconds UTC.</param>
/// <param name="Source">Where it was seen: never for the item itself to say.</param>
public readonly record struct FactDefaults(string? Id, long? At, string? Source = null);

/// <summary>Reads facts from JSON: the only parser of the format.</summary>
/// <remarks>
/// For bodies, events, webhooks, queue messages and stored rows alike. Here a field's kind and an item's completeness are checked; sizes
/// and the window of time are for <see cref="FactRules.Refuse"/>, which knows policy and moment.
/// </remarks>
public static class FactReader
{
    /// <summary>Reads one item.</summary>
    /// <param name="item">The item, of whatever kind of JSON.</param>
    /// <param name="kind">What it must be; null where both kinds may come, told apart by the field <c>metric</c>.</param>
    /// <param name="defaults">What the envelope says.</param>
    public static ReadFact Read(JsonElement item, FactKind? kind = null, FactDefaults defaults = default)
    {
        FactFields fields;
        try
        {
            fields = FactFields.Of(item);
        }
        catch (InvalidOperationException)
        {
            return ReadFact.Refused(FactRefusal.BrokenName("item"));
        }

        var (id, isUndo) = Identify(ref fields, defaults);
        var its = kind ?? KindOf(fields);
        fields.NameOthers(its == FactKind.Interactions ? FieldNames.OfMetrics : FieldNames.OfInteractions);
        var fact = its == FactKind.Interactions ? Interaction(ref fields, id, isUndo, defaults) : Metric(ref fields, id, defaults);
        return new ReadFact(id, fields.Refusal is null ? fact : null, fields.Refusal) { UnknownFields = fields.Unknown };
    }

    /// <summary>The items of a JSON body: an array, or an object that holds it under the kind's name.</summary>
    /// <param name="body">The body.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="items">The array.</param>
    /// <returns>Null, or why there are no items.</returns>
    public static FactRefusal? RefuseBatch(JsonElement body, FactKind kind, out JsonElement items)
    {
        items = body;
        var name = NameOf(kind);
        if (JsonText.RefuseNames(body) is { } refusal)
            return refusal;
        if (body.ValueKind == JsonValueKind.Object && !body.TryGetProperty(name, out items))
            return new FactRefusal(RefusalCode.MissingField, name, "is required: the array of items, or a bare array instead");
        return items.ValueKind == JsonValueKind.Array ? null : FactRefusal.Invalid(name, "is not an array");
    }

    /// <summary>The name of the array that holds a kind's items.</summary>
    public static string NameOf(FactKind kind) => kind == FactKind.Interactions ? "interactions" : "metrics";

    private static FactKind KindOf(in FactFields fields) => fields.Has(FactField.Metric) ? FactKind.Metrics : FactKind.Interactions;

    // "undo": true takes back the interaction that the item itself describes; "undo": "x" the one whose id is x.
    private static (string? Id, bool IsUndo) Identify(ref FactFields fields, FactDefaults defaults)
    {
        var id = fields.Text(FactField.Id) ?? defaults.Id;
        if (!fields.Has(FactField.Undo))
            return (id, false);
        var kind = fields[FactField.Undo].ValueKind;
        if (kind is JsonValueKind.True or JsonValueKind.False)
            return (id, kind == JsonValueKind.True);
        var undone = kind == JsonValueKind.String ? fields.Text(FactField.Undo) : "";
        if (undone is "")
            fields.Refuse(FactField.Undo, "is neither true nor the id of what is taken back");
        fields.Refuse(FactRules.RefuseText("undo", undone, FactRules.MaxId));
        return (string.IsNullOrEmpty(undone) ? id : undone, true);
    }

    private static Fact? Interaction(ref FactFields fields, string? id, bool isUndo, FactDefaults defaults)
    {
        var type = TypeOf(ref fields, isUndo && id is not null);
        var actor = fields.Account(FactField.Actor);
        var target = fields.Account(FactField.Target, isRequired: type != InteractionType.Post);
        var at = fields.Moment(FactField.At, defaults.At);
        var (actorName, targetName) = (fields.Text(FactField.ActorName), fields.Text(FactField.TargetName));
        var (about, topics, community) = (fields.Text(FactField.Object), fields.Texts(FactField.Topics), fields.Text(FactField.Community));
        if (fields.Refusal is not null)
            return null;
        var interaction = new Interaction
        {
            Type = type,
            Actor = actor!.Value,
            ActorName = actorName,
            Target = type == InteractionType.Post ? null : target,
            TargetName = type == InteractionType.Post ? null : targetName,
            At = at,
            Id = id,
            Object = about,
            Context = FactContext.Of(topics, community),
            Source = defaults.Source,
        };
        return isUndo ? new Undo(interaction) : interaction;
    }

    // An undo that names an id needs no type: the id says what it was.
    private static InteractionType TypeOf(ref FactFields fields, bool isOptional)
    {
        if (fields.Text(FactField.Type) is not { } name)
        {
            if (!isOptional)
                fields.Refuse(FactRefusal.Missing("type"));
            return InteractionType.View;
        }

        if (!InteractionTypes.TryParse(name, out var type))
            fields.Refuse(new FactRefusal(RefusalCode.UnknownType, "type", $"is none of {InteractionTypes.All}"));
        return type;
    }

    private static MetricReport? Metric(ref FactFields fields, string? id, FactDefaults defaults)
    {
        var counts = MetricOf(ref fields);
        var account = fields.Account(FactField.Account);
        if (counts is null && fields.Has(FactField.Add))
            fields.Refuse(FactField.Add, "is for counters; a gauge is reported as 'value'");
        if (counts is not null && fields.Has(FactField.Value))
            fields.Refuse(FactField.Value, "is for gauges; a counter is reported as 'add'");
        var field = counts is null ? FactField.Value : FactField.Add;
        var value = fields.Number(field);
        if (value is null)
            fields.Refuse(FactRefusal.Missing(FactFields.NameOf(field).Value));
        var at = fields.Moment(FactField.At, defaults.At);
        return fields.Refusal is not null
            ? null
            : new MetricReport
            {
                Account = account!.Value,
                Counts = counts,
                Value = value!.Value,
                At = at,
                Id = id,
                Source = defaults.Source,
            };
    }

    private static InteractionType? MetricOf(ref FactFields fields)
    {
        if (fields.Text(FactField.Metric) is not { } name)
            fields.Refuse(FactRefusal.Missing("metric"));
        else if (MetricReport.TryParse(name, out var counts))
            return counts;
        else
            fields.Refuse(new FactRefusal(RefusalCode.UnknownType, "metric", $"is none of {MetricReport.All}"));
        return null;
    }
}
