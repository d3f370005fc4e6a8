using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>The fields of an item, and which one a misspelt name means.</summary>
public static class FieldNames
{
    // What other tools call the same thing.
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kind"] = "type",
        ["event"] = "type",
        ["action"] = "type",
        ["verb"] = "type",
        ["user"] = "actor",
        ["from"] = "actor",
        ["author"] = "actor",
        ["who"] = "actor",
        ["user_name"] = "actorName",
        ["username"] = "actorName",
        ["author_name"] = "actorName",
        ["from_name"] = "actorName",
        ["to"] = "target",
        ["to_name"] = "targetName",
        ["recipient_name"] = "targetName",
        ["recipient"] = "target",
        ["time"] = "at",
        ["timestamp"] = "at",
        ["date"] = "at",
        ["created_at"] = "at",
        ["when"] = "at",
        ["url"] = "object",
        ["link"] = "object",
        ["post"] = "object",
        ["tags"] = "topics",
        ["hashtags"] = "topics",
        ["group"] = "community",
        ["forum"] = "community",
        ["count"] = "value",
        ["delta"] = "add",
        ["uuid"] = "id",
        ["key"] = "id",
    };

    internal static readonly FactField[] OfMetrics = [FactField.Account, FactField.Metric, FactField.Value, FactField.Add];

    internal static readonly FactField[] OfInteractions =
    [
        FactField.Type,
        FactField.Actor,
        FactField.Target,
        FactField.ActorName,
        FactField.TargetName,
        FactField.Object,
        FactField.Topics,
        FactField.Community,
        FactField.Undo,
    ];

    /// <summary>All fields, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetNames<FactField>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The field that a name means; null where none is near.</summary>
    public static string? Meant(string name)
    {
        if (Meanings.TryGetValue(name.Replace("-", "_", StringComparison.Ordinal), out var meant))
            return meant;
        if (name.Length > 32)
            return null;
        var bare = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        var (best, distance) = All.Select(f => (f, Distance(bare, f.ToLowerInvariant()))).MinBy(f => f.Item2);
        // One slip in a short name, two in a longer one.
        return distance <= (best.Length < 5 ? 1 : 2) ? best : null;
    }

    // Levenshtein's: how many letters to insert, remove or replace.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
