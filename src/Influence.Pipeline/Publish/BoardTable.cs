using System.Globalization;

namespace Influence.Pipeline;

/// <summary>
/// Keys of the Leaderboards table, layout 1. Partition <c>{board}|{yyyy-MM-dd}</c>: row <c>{rank}</c> (7 digits) for each place, row <c>meta</c> for the
/// whole (total, moment, rows, histogram). Partition <c>days</c>: row <c>{board}|{yyyy-MM-dd}</c> for each published day. Partition <c>latest</c>: row
/// <c>{board}</c>, the pointer that flips last.
/// </summary>
internal static class BoardTable
{
    public const string Latest = "latest";
    public const string Days = "days";
    public const string Meta = "meta";

    private const string DateFormat = "yyyy-MM-dd";

    public static string Partition(string board, DateOnly date) => $"{TableKey.Encode(board)}|{Key(date)}";

    public static string Row(int rank) => rank.ToString("D7", CultureInfo.InvariantCulture);

    public static string Key(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static DateOnly ReadDate(string key) => DateOnly.ParseExact(key, DateFormat, CultureInfo.InvariantCulture);

    public static bool TryReadDate(string? key, out DateOnly date) =>
        DateOnly.TryParseExact(key, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
