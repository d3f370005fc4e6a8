using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>Strings and names in untrusted JSON, which may hold broken Unicode.</summary>
public static class JsonText
{
    /// <summary>A JSON string's text; false where it holds half a surrogate pair or bytes that are not UTF-8.</summary>
    public static bool TryGet(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = value.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    /// <summary>Why an object is ambiguous: a name stands there twice, or is broken Unicode; null when it is not.</summary>
    /// <remarks>Of two fields of one name a reader may take either: what the sender meant is not known.</remarks>
    public static FactRefusal? RefuseNames(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var field in body.EnumerateObject())
                if (!names.Add(field.Name))
                    return FactRefusal.Twice(field.Name);
        }
        catch (InvalidOperationException)
        {
            return FactRefusal.BrokenName("body");
        }

        return null;
    }
}
