using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>A field of an item; its name in JSON is the member's in camel case.</summary>
internal enum FactField
{
    Id,
    Type,
    Actor,
    Target,
    ActorName,
    TargetName,
    At,
    Object,
    Topics,
    Community,
    Undo,
    Account,
    Metric,
    Value,
    Add,
}

/// <summary>The known fields of one JSON object, read by kind of value; the first refusal stands.</summary>
internal ref struct FactFields
{
    private static readonly JsonEncodedText[] Names = [.. FieldNames.All.Select(name => JsonEncodedText.Encode(name))];

    private Slots values;

    /// <summary>Why the item is none; null while nothing is wrong with it.</summary>
    public FactRefusal? Refusal { get; private set; }

    /// <summary>The names of fields that nobody reads; null where there are none.</summary>
    public List<string>? Unknown { get; private set; }

    /// <summary>Finds the fields; unknown ones are only named.</summary>
    public static FactFields Of(JsonElement item)
    {
        var fields = new FactFields();
        if (item.ValueKind != JsonValueKind.Object)
        {
            fields.Refusal = FactRefusal.Invalid("item", "is not a JSON object");
            return fields;
        }

        foreach (var property in item.EnumerateObject())
            if (Find(property) is { } field)
                fields.Set(field, property.Value);
            else
                (fields.Unknown ??= []).Add(property.Name);
        return fields;
    }

    /// <summary>Names fields that are of the other kind of item as unknown.</summary>
    public void NameOthers(ReadOnlySpan<FactField> others)
    {
        foreach (var field in others)
            if (Has(field))
                (Unknown ??= []).Add(Name(field));
    }

    public static JsonEncodedText NameOf(FactField field) => Names[(int)field];

    public readonly bool Has(FactField field) => values[(int)field].ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public readonly JsonElement this[FactField field] => values[(int)field];

    public string? Text(FactField field)
    {
        if (!Has(field))
            return null;
        if (this[field].ValueKind != JsonValueKind.String)
            Refuse(field, "is not a string");
        else if (JsonText.TryGet(this[field], out var text))
            return text;
        else
            Refuse(field, "holds broken Unicode");
        return null;
    }

    public List<string>? Texts(FactField field)
    {
        if (!Has(field))
            return null;
        var texts = new List<string>();
        if (this[field].ValueKind != JsonValueKind.Array)
            Refuse(field, "is not an array of strings");
        else
        {
            foreach (var element in this[field].EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String)
                    Refuse(field, "is not an array of strings");
                else if (JsonText.TryGet(element, out var text))
                    texts.Add(text);
                else
                    Refuse(field, "holds broken Unicode");
            }
        }

        return texts;
    }

    public AccountId? Account(FactField field, bool isRequired = true)
    {
        if (Text(field) is { } text)
        {
            if (AccountId.TryParse(text, out var account, out var problem))
                return account;
            Refuse(FactRefusal.InvalidAccount(Name(field), problem!));
        }
        else if (isRequired)
            Refuse(FactRefusal.Missing(Name(field)));

        return null;
    }

    // "NaN" as a string gets the code of what it says; a literal NaN is not JSON at all.
    public double? Number(FactField field)
    {
        if (!Has(field))
            return null;
        var value = this[field];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        if (value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && IsNotFinite(value)))
            Refuse(FactRefusal.NotFinite(Name(field)));
        else
            Refuse(field, "is not a number");
        return null;
    }

    public long Moment(FactField field, long? otherwise)
    {
        if (!Has(field))
        {
            if (otherwise is null)
                Refuse(FactRefusal.Missing(Name(field)));
            return otherwise ?? 0;
        }

        if (!Timestamp.TryRead(this[field], out var seconds))
            Refuse(
                Timestamp.IsMilliseconds(this[field])
                    ? new FactRefusal(RefusalCode.Milliseconds, Name(field), "looks like milliseconds. Send whole seconds since 1970")
                    : FactRefusal.Invalid(Name(field), Timestamp.Rule)
            );
        return seconds;
    }

    public void Refuse(FactField field, string rule) => Refuse(FactRefusal.Invalid(Name(field), rule));

    public void Refuse(FactRefusal? refusal) => Refusal ??= refusal;

    private static bool IsNotFinite(JsonElement value) =>
        JsonText.TryGet(value, out var text) && text is "NaN" or "Infinity" or "-Infinity";

    private static string Name(FactField field) => Names[(int)field].Value;

    private void Set(FactField field, JsonElement value)
    {
        if (values[(int)field].ValueKind != JsonValueKind.Undefined)
            Refuse(FactRefusal.Twice(Name(field)));
        values[(int)field] = value;
    }

    private static FactField? Find(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        // With escapes in it the name is decoded, which fails for broken Unicode.
        if (name.Contains((byte)'\\'))
            name = System.Text.Encoding.UTF8.GetBytes(property.Name);
        for (var field = 0; field < Names.Length; field++)
            if (name.SequenceEqual(Names[field].EncodedUtf8Bytes))
                return (FactField)field;
        return null;
    }

    [InlineArray((int)FactField.Add + 1)]
    private struct Slots
    {
        private JsonElement first;
    }
}
