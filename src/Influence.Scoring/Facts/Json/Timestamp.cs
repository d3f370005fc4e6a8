using System.Text.Json;

namespace Influence.Scoring.Facts.Json;

/// <summary>Reads a moment: whole Unix seconds, or an ISO 8601 date and time, UTC where it has no offset.</summary>
/// <remarks>
/// Exact formats only: <c>yyyy-MM-dd</c>, then optionally <c>T</c> (or a space) and <c>HH:mm</c>, seconds, a fraction of them, and
/// <c>Z</c> or an offset (<c>+01</c>, <c>+0100</c>, <c>+01:00</c>). The machine's clock, time zone and culture are never asked, so that
/// a text means the same on every machine and on every day.
/// </remarks>
public static class Timestamp
{
    /// <summary>The rule, as refusals quote it behind the field's name.</summary>
    public const string Rule = "is neither a time like 2026-01-31T12:00:00Z nor whole seconds since 1970";

    /// <summary>The latest moment that can be given in seconds: 7 February 2106, where 32 bits end.</summary>
    public const long MaxSeconds = uint.MaxValue;

    private const int MaxLength = 64;
    private const int MaxOffset = 14 * 3600;
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a JSON number of seconds, 0 to <see cref="MaxSeconds"/>, or a JSON string in ISO 8601.</summary>
    /// <param name="value">The value; a number in a string is refused, since nobody can tell whether it is of seconds.</param>
    /// <param name="seconds">Unix seconds UTC, fractions cut off.</param>
    public static bool TryRead(JsonElement value, out long seconds)
    {
        seconds = 0;
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out seconds) && seconds is >= 0 and <= MaxSeconds;
        return value.ValueKind == JsonValueKind.String && JsonText.TryGet(value, out var text) && TryParse(text, out seconds);
    }

    /// <summary>Whether a JSON number is a moment of our time in milliseconds, from 1973 to 2106.</summary>
    public static bool IsMilliseconds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var count)
        && count is >= 100_000_000_000 and <= MaxSeconds * 1000.0;

    /// <summary>Reads a text in ISO 8601.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seconds">Unix seconds UTC, fractions cut off; negative before 1970.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long seconds)
    {
        seconds = 0;
        var rest = text;
        if (
            text.Length > MaxLength
            || !Number(ref rest, 4, out var year)
            || !Take(ref rest, "-")
            || !Number(ref rest, 2, out var month)
            || !Take(ref rest, "-")
            || !Number(ref rest, 2, out var day)
            || !TimeOfDay(ref rest, out var time, out var offset)
            || !rest.IsEmpty
        )
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        seconds = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() + time - offset;
        return seconds >= Earliest && seconds <= Latest;
    }

    // Nothing at all is midnight, UTC.
    private static bool TimeOfDay(ref ReadOnlySpan<char> rest, out int time, out int offset)
    {
        (time, offset) = (0, 0);
        if (rest.IsEmpty)
            return true;
        if (!Take(ref rest, "Tt ") || !Number(ref rest, 2, out var hour) || !Take(ref rest, ":") || !Number(ref rest, 2, out var minute))
            return false;
        var second = 0;
        if (Take(ref rest, ":") && (!Number(ref rest, 2, out second) || !Fraction(ref rest)))
            return false;
        time = (((hour * 60) + minute) * 60) + second;
        return hour <= 23 && minute <= 59 && second <= 59 && Offset(ref rest, out offset);
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest)
    {
        if (!Take(ref rest, "."))
            return true;
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest.Length : end;
        rest = rest[digits..];
        return digits > 0;
    }

    private static bool Offset(ref ReadOnlySpan<char> rest, out int offset)
    {
        offset = 0;
        if (rest.IsEmpty || Take(ref rest, "Zz"))
            return true;
        var sign = rest[0] == '-' ? -1 : 1;
        if (!Take(ref rest, "+-") || !Number(ref rest, 2, out var hours))
            return false;
        var minutes = 0;
        var hasColon = Take(ref rest, ":");
        if ((hasColon || !rest.IsEmpty) && !Number(ref rest, 2, out minutes))
            return false;
        offset = sign * ((hours * 60) + minutes) * 60;
        return minutes <= 59 && Math.Abs(offset) <= MaxOffset;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, ReadOnlySpan<char> oneOf)
    {
        if (rest.IsEmpty || !oneOf.Contains(rest[0]))
            return false;
        rest = rest[1..];
        return true;
    }

    private static bool Number(ref ReadOnlySpan<char> rest, int digits, out int number)
    {
        number = 0;
        if (rest.Length < digits || rest[..digits].ContainsAnyExceptInRange('0', '9'))
            return false;
        foreach (var digit in rest[..digits])
            number = (number * 10) + (digit - '0');
        rest = rest[digits..];
        return true;
    }
}
