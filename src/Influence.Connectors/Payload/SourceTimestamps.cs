using System.Globalization;
using System.Text.Json;

namespace Influence.Connectors.Payload;

/// <summary>Moments as sources write them: ISO 8601, X's older form, or a count since 1970.</summary>
/// <remarks>
/// ISO 8601 is <see cref="Timestamp"/>'s; the older form is <c>Wed Oct 10 20:19:24 +0000 2018</c>; a count may be a number or a string.
/// Exact formats only: the machine's clock, time zone and culture are never asked.
/// </remarks>
public static class SourceTimestamps
{
    private const string Older = "ddd MMM dd HH:mm:ss zzz yyyy";

    /// <summary>
    /// Unix seconds UTC; null for what is no moment from 1970 to 2106. A count is of seconds, milli- or microseconds by its size.
    /// </summary>
    public static long? Read(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out var count) ? Seconds(count)
            : value.TryGetDouble(out var real) ? Seconds(real)
            : null,
            JsonValueKind.String => Read(value.Text()),
            _ => null,
        };

    /// <inheritdoc cref="Read(JsonElement)"/>
    public static long? Read(string? text)
    {
        if (text is null || text.Length > 64)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return Seconds(count);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real))
            return Seconds(real);
        if (Timestamp.TryParse(text, out var seconds))
            return InRange(seconds);
        return DateTimeOffset.TryParseExact(text, Older, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? InRange(moment.ToUnixTimeSeconds())
            : null;
    }

    private static long? Seconds(double count) => double.IsFinite(count) && Math.Abs(count) < 1e17 ? Seconds((long)count) : null;

    private static long? Seconds(long count) =>
        count switch
        {
            >= 100_000_000_000_000 => InRange(count / 1_000_000),
            >= 100_000_000_000 => InRange(count / 1000),
            _ => InRange(count),
        };

    private static long? InRange(long seconds) => seconds is >= 0 and <= Timestamp.MaxSeconds ? seconds : null;
}
