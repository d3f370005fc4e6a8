using System.Globalization;
using System.Text.RegularExpressions;

namespace Influence.Replay.Readers;

/// <summary>Moments as files write them, more forms than the API takes.</summary>
/// <remarks>
/// ISO 8601 as <see cref="Timestamp"/> reads it, also with a space before the offset or <c>UTC</c>, and whole numbers: seconds since 1970,
/// or milliseconds if the caller says so. Never the machine's date or zone.
/// </remarks>
internal static partial class MomentText
{
    /// <summary>What is said of a count that can only be of milliseconds.</summary>
    public const string Milliseconds =
        "is in milliseconds since 1970, and as seconds would be thousands of years ahead: give --milliseconds to have them converted";

    // 1973 in milliseconds; as seconds it would be the year 5138.
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>Reads a moment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isMilliseconds">Whether whole numbers are of milliseconds.</param>
    /// <param name="at">Unix seconds UTC.</param>
    /// <returns>Null, or the rule that it breaks.</returns>
    public static string? Read(string text, bool isMilliseconds, out long at)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            at = isMilliseconds ? count / 1000 : count;
            return !isMilliseconds && count >= LeastMilliseconds ? Milliseconds
                : at > Timestamp.MaxSeconds ? Timestamp.Rule
                : null;
        }

        if (Shortened(text) is { } rule)
        {
            at = 0;
            return rule;
        }

        return Timestamp.TryParse(WithoutSpace(text), out at) && at is >= 0 and <= Timestamp.MaxSeconds ? null : Timestamp.Rule;
    }

    /// <summary>What is said of a number that a spreadsheet has shortened; null for anything else.</summary>
    /// <remarks>Its last digits are lost: as an id it would be that of many.</remarks>
    public static string? Shortened(string text) =>
        Exponent().IsMatch(text)
            ? $"is '{text}': a spreadsheet has shortened a long number, and its digits are lost; export the column again, as text"
            : null;

    // 2026-01-31 12:00:00 +0100, 2026-01-31 12:00:00 UTC.
    private static string WithoutSpace(string text)
    {
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase) || text.EndsWith(" GMT", StringComparison.OrdinalIgnoreCase))
            return $"{text[..^4].TrimEnd()}Z";
        var space = text.LastIndexOf(' ');
        return space > 0 && text.AsSpan(space + 1) is ['+' or '-', ..] or ['Z'] ? text.Remove(space, 1) : text;
    }

    [GeneratedRegex(@"^(?:[a-z0-9-]+:)?\d+(?:[.,]\d+)?[eE]\+?\d+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Exponent();
}
