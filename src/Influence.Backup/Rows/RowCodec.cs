using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Influence.Backup.Rows;

/// <summary>A table's row as a line of JSON that keeps the type of every property.</summary>
/// <remarks>
/// <c>{"p":partition,"r":row,"v":{name:value}}</c>. Texts, booleans and 32-bit integers are values of JSON. Any other value is an object
/// with one member that names its type, such as <c>{"long":"7"}</c> or <c>{"double":"NaN"}</c>. The service's stamp and ETag are not kept:
/// it gives new ones to every row it writes.
/// </remarks>
internal static class RowCodec
{
    private const string Ticks = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private static readonly HashSet<string> OfTheService = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <summary>Writes a row, without the end of the line.</summary>
    public static void Write(IBufferWriter<byte> output, TableEntity row)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("p", row.PartitionKey);
        json.WriteString("r", row.RowKey);
        json.WriteStartObject("v");
        foreach (var (name, value) in row.Where(p => !OfTheService.Contains(p.Key) && p.Value is not null))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no row.</exception>
    public static TableEntity Read(ReadOnlyMemory<char> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var (partition, key) = (json.RootElement.GetProperty("p").GetString(), json.RootElement.GetProperty("r").GetString());
            var row = new TableEntity(partition, key);
            foreach (var property in json.RootElement.GetProperty("v").EnumerateObject())
                row[property.Name] = Read(property.Value);
            return row;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("It is no row of a table.", e);
        }
    }

    /// <summary>The row as the client of the service can send it, which has no number for NaN and the infinities.</summary>
    public static TableEntity ForTheClient(TableEntity row)
    {
        foreach (var (name, number) in row.Where(p => p.Value is double d && !double.IsFinite(d)).ToList())
        {
            row[name] = number switch
            {
                double.PositiveInfinity => "Infinity",
                double.NegativeInfinity => "-Infinity",
                _ => "NaN",
            };
            row[$"{name}@odata.type"] = "Edm.Double";
        }

        return row;
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                return;
            case bool isSet:
                json.WriteBooleanValue(isSet);
                return;
            case int number:
                json.WriteNumberValue(number);
                return;
        }

        json.WriteStartObject();
        switch (value)
        {
            case byte[] bytes:
                json.WriteBase64String("binary", bytes);
                break;
            case BinaryData bytes:
                json.WriteBase64String("binary", bytes);
                break;
            case long number:
                json.WriteString("long", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteString("double", number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                json.WriteString("moment", moment.UtcDateTime.ToString(Ticks, CultureInfo.InvariantCulture));
                break;
            case Guid id:
                json.WriteString("guid", id.ToString("d", CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"A property of type {value.GetType().Name} is not known to tables.");
        }

        json.WriteEndObject();
    }

    private static object? Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Number:
                return value.GetInt32();
        }

        var typed = value.EnumerateObject().Single();
        var text = typed.Value.GetString()!;
        return typed.Name switch
        {
            "binary" => typed.Value.GetBytesFromBase64(),
            "long" => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            "double" => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            "moment" => DateTimeOffset.ParseExact(text, Ticks, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            "guid" => Guid.ParseExact(text, "d"),
            _ => throw new FormatException("A value has a type that is not known here."),
        };
    }
}
