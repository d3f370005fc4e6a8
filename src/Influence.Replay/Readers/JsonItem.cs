using System.Buffers;
using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>One of the API's own items, passed on as it is.</summary>
/// <remarks>But for <c>at</c>, which moves with the log, and for names that are mapped.</remarks>
internal static class JsonItem
{
    /// <summary>Reads an item.</summary>
    /// <param name="json">The item, on one line.</param>
    /// <param name="file">The file, for errors.</param>
    /// <param name="number">The line, for errors.</param>
    /// <param name="rules">How it is to be read.</param>
    public static FactLine Read(byte[] json, string file, int number, ReadRules rules)
    {
        try
        {
            if (!rules.Names.IsUsual)
                json = Renamed(json, rules.Names);
            return At(json, file, number, rules);
        }
        catch (JsonException e)
        {
            throw new BadLineException(file, number, $"the line is not JSON (byte {e.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            throw new BadLineException(file, number, "a name or a text holds half a character (an unpaired surrogate)");
        }
    }

    private static FactLine At(byte[] json, string file, int number, ReadRules rules)
    {
        FactLine? fact = null;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new BadLineException(file, number, "the line is not a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAt = reader.ValueTextEquals("at"u8);
            reader.Read();
            if (!isAt)
            {
                reader.Skip();
                continue;
            }

            if (fact is not null)
                throw new BadLineException(file, number, "'at' stands there twice");
            var start = (int)reader.TokenStartIndex;
            var (at, isOwnForm) = Moment(JsonElement.ParseValue(ref reader), file, number, rules);
            fact = new FactLine(json, start, (int)reader.BytesConsumed - start, at) { IsRewritten = !isOwnForm };
        }

        // Nothing may follow the object; the reader says so itself.
        reader.Read();
        return fact ?? throw new BadLineException(file, number, $"'{rules.Names.Of("at")}' is missing");
    }

    // What the API does not read itself is written anew.
    private static (long At, bool IsOwnForm) Moment(JsonElement value, string file, int number, ReadRules rules)
    {
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (!(isNumber && rules.IsMilliseconds) && Timestamp.TryRead(value, out var at) && at is >= 0 and <= Timestamp.MaxSeconds)
            return (at, true);
        var text = isNumber ? value.GetRawText() : value.Text() ?? "";
        if (MomentText.Read(text, rules.IsMilliseconds, out at) is { } rule)
            throw new BadLineException(file, number, $"'{rules.Names.Of("at")}' {rule}");
        return (at, false);
    }

    private static byte[] Renamed(byte[] json, ColumnNames names)
    {
        using var item = JsonDocument.Parse(json);
        if (item.RootElement.ValueKind != JsonValueKind.Object)
            return json;
        var buffer = new ArrayBufferWriter<byte>(json.Length + 32);
        using (var writer = new Utf8JsonWriter(buffer, FactWriter.Options))
        {
            writer.WriteStartObject();
            foreach (var property in item.RootElement.EnumerateObject())
            {
                // What has a field's own name is none if another one was said to be it.
                if (names.FieldOf(property.Name) is not { } name)
                    continue;
                writer.WritePropertyName(name);
                property.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
