using System.Text.Json;

namespace Influence.Pipeline.Ingest;

/// <summary>Reads one item of a batch field by field, so that a wrong kind of value is answered with the field's name.</summary>
internal ref struct FactItemReader(JsonElement item)
{
    private FactRefusal? refusal;

    /// <summary>The item, or why it is none; its id in either case.</summary>
    public static (FactItem? Item, string? Id, FactRefusal? Refusal) Read(JsonElement element, FactKind kind)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return (
                null,
                null,
                new FactRefusal(RefusalCode.InvalidField, "item", "is not an event of CloudEvents 1.0 with a JSON object as its data")
            );
        if (element.ValueKind != JsonValueKind.Object)
            return (null, null, new FactRefusal(RefusalCode.InvalidField, "item", "is not a JSON object"));
        var reader = new FactItemReader(element);
        try
        {
            if (Twice(element) is { } name)
                return (null, null, new FactRefusal(RefusalCode.InvalidField, name, "stands there twice"));
            var item = kind == FactKind.Interactions ? reader.Interaction() : reader.Metric();
            return reader.refusal is null ? (item, item.Id, null) : (null, item.Id, reader.refusal);
        }
        catch (InvalidOperationException)
        {
            // Looking for a field decodes the names of all.
            return (null, null, new FactRefusal(RefusalCode.InvalidField, "item", "has a field whose name is broken Unicode"));
        }
    }

    private FactItem Interaction()
    {
        var item = new FactItem
        {
            Id = Text("id"),
            Type = Text("type"),
            Actor = Text("actor"),
            Target = Text("target"),
            Object = Text("object"),
            Topics = Topics(),
            Community = Text("community"),
            At = Moment(),
        };
        return Undo(item);
    }

    private FactItem Metric() =>
        new()
        {
            Id = Text("id"),
            Account = Text("account"),
            Metric = Text("metric") ?? Refuse<string>(FactRefusal.Missing("metric")),
            Value = Number("value"),
            Add = Number("add"),
            At = Moment(),
        };

    // "undo": true takes back the interaction that the item itself describes; "undo": "x" the one whose id is x.
    private FactItem Undo(FactItem item)
    {
        if (!Has("undo", out var undo))
            return item;
        return undo.ValueKind switch
        {
            JsonValueKind.False => item,
            JsonValueKind.True => item with { Undo = true },
            JsonValueKind.String => item with { Undo = true, Id = Text("undo") },
            _ => Refuse(item, "undo", "is neither true nor the id of what is taken back"),
        };
    }

    private string? Text(string field)
    {
        if (!Has(field, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Refuse<string>(null, field, "is not a string");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return Refuse<string>(null, field, "holds broken Unicode");
        }
    }

    private List<string>? Topics()
    {
        if (!Has("topics", out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(t => t.ValueKind != JsonValueKind.String))
            return Refuse<List<string>>(null, "topics", "is not an array of strings");
        try
        {
            return [.. value.EnumerateArray().Select(t => t.GetString()!)];
        }
        catch (InvalidOperationException)
        {
            return Refuse<List<string>>(null, "topics", "holds broken Unicode");
        }
    }

    // "NaN" as a string gets the code of what it says; a literal NaN is not JSON at all.
    private double? Number(string field)
    {
        if (!Has(field, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            return number;
        return value.ValueKind == JsonValueKind.String && Text(field) is "NaN" or "Infinity" or "-Infinity"
            ? double.NaN
            : Refuse<double?>(null, field, "is not a number");
    }

    private long Moment()
    {
        if (!Has("at", out var value))
            return Refuse<long>(FactRefusal.Missing("at"));
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= uint.MaxValue)
            return seconds;
        if (value.ValueKind != JsonValueKind.String || !value.TryGetDateTime(out var moment))
            return Refuse(0L, "at", "is neither a time like 2026-01-31T12:00:00Z nor whole seconds since 1970");
        var utc = moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment.ToUniversalTime();
        return new DateTimeOffset(utc).ToUnixTimeSeconds();
    }

    // Of two fields of one name a reader may take either: what the sender meant is not known.
    private static string? Twice(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
            if (!names.Add(field.Name))
                return field.Name;
        return null;
    }

    private readonly bool Has(string field, out JsonElement value) =>
        item.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(value))]
    private T? Refuse<T>(T? value, string field, string rule)
    {
        refusal ??= new FactRefusal(RefusalCode.InvalidField, field, rule);
        return value;
    }

    private T? Refuse<T>(FactRefusal why)
    {
        refusal ??= why;
        return default;
    }
}
