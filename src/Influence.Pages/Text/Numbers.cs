using System.Globalization;
using static System.FormattableString;

namespace Influence.Pages.Text;

/// <summary>Numbers and days as pages write them, alike in every language.</summary>
internal static class Numbers
{
    private const string Minus = "−";

    /// <summary>A score: two decimals, half away from zero.</summary>
    public static string Score(double score) => Fixed(score, 2).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Points of change with their sign; what rounds to nothing is ±0.00.</summary>
    public static string Signed(double points)
    {
        var shown = Fixed(points, 2);
        var size = Math.Abs(shown).ToString("0.00", CultureInfo.InvariantCulture);
        return shown == 0 ? "±0.00" : (shown > 0 ? "+" : Minus) + size;
    }

    /// <summary>A number with up to two decimals and thousands apart.</summary>
    public static string Plain(double number) => Fixed(number, 2).ToString("#,0.##", CultureInfo.InvariantCulture).Replace("-", Minus);

    /// <summary>A number with four decimals, as the formula is shown by hand.</summary>
    public static string Exact(double number) => Fixed(number, 4).ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share of 1 in percent; what is there and rounds to nothing is under 0.1.</summary>
    public static string Percent(double share) => share is > 0 and < 0.0005 ? "< 0.1 %" : Invariant($"{Fixed(100 * share, 1):0.#} %");

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A day, 2026-01-31.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment to the minute, UTC.</summary>
    public static string Minute(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A value in a text's place.</summary>
    public static string Written(object value, string? format) =>
        (value, format) switch
        {
            (double number, "signed") => Signed(number),
            (double number, "0.00") => Score(number),
            (double number, not null) => number.ToString(format, CultureInfo.InvariantCulture).Replace("-", Minus),
            (double number, null) => Plain(number),
            (DateOnly day, _) => Day(day),
            (IFormattable other, _) => other.ToString(format, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static double Fixed(double number, int decimals) =>
        // In decimal, so that 0.125 is what it says; far out a double has no such decimals anyway.
        Math.Abs(number) < 1e15
            ? (double)Math.Round((decimal)number, decimals, MidpointRounding.AwayFromZero)
            : number;
}
