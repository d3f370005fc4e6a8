using System.Globalization;
using System.Text.Json;

namespace Influence.Replay.Readers;

/// <summary>Reads a moment by the API's rule: whole seconds since 1970, or an ISO-8601 time that is UTC unless it says otherwise.</summary>
internal static class Moment
{
    /// <summary>The rule, as errors quote it.</summary>
    public const string Rule = "'at' is neither whole seconds since 1970 nor a time like 2026-01-31T12:00:00Z";

    /// <summary>Reads a JSON value.</summary>
    public static bool TryRead(ref Utf8JsonReader json, out long at)
    {
        at = 0;
        if (json.TokenType == JsonTokenType.Number)
            return json.TryGetInt64(out at) && IsInRange(at);
        return json.TokenType == JsonTokenType.String && json.TryGetDateTime(out var moment) && IsInRange(at = SecondsOf(moment));
    }

    /// <summary>Reads text.</summary>
    public static bool TryParse(string text, out long at)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out at))
            return IsInRange(at);
        // By way of JSON, so that a time means in a CSV file what it means to the API.
        return JsonSerializer.SerializeToElement(text, ReplayJson.Default.String).TryGetDateTime(out var moment)
            && IsInRange(at = SecondsOf(moment));
    }

    private static long SecondsOf(DateTime moment) =>
        new DateTimeOffset(
            moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment.ToUniversalTime()
        ).ToUnixTimeSeconds();

    private static bool IsInRange(long at) => at is >= 0 and <= FactLine.MaxAt;
}
