using System.Text.Json;

namespace Influence.Connectors.Payload;

/// <summary>Reads untrusted JSON: what is missing, of another kind or broken Unicode is absent; nothing throws.</summary>
public static class PayloadJson
{
    /// <summary>The element at a path of property names; undefined when any step is missing.</summary>
    public static JsonElement Get(this JsonElement element, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (var name in path)
            {
                // A repeated name or one with broken escapes is the sender's bug: the last readable one wins.
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                    return default;
            }

            return element;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>Whether there is anything but null.</summary>
    public static bool Exists(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A string that is not empty.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text at a path: <c>body.Text("comment", "user", "login")</c>.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) => element.Get(path).Text();

    /// <summary>An id: a string that is not empty, or a whole number as written (negative ones too).</summary>
    public static string? Id(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = element.Get(path);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.Text();
    }

    /// <summary>Whether the value at a path is <c>true</c>.</summary>
    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Get(path).ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array; of anything else that exists, itself.</summary>
    /// <remarks>Sources like to send one where others send many.</remarks>
    public static IEnumerable<JsonElement> Each(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray(),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [element],
        };

    /// <summary>The moment at a path, Unix seconds UTC; see <see cref="SourceTimestamps"/>.</summary>
    public static long? Moment(this JsonElement element, params ReadOnlySpan<string> path) => SourceTimestamps.Read(element.Get(path));
}
