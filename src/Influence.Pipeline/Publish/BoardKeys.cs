using System.Globalization;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Keys of the Leaderboards table, layout 1. Partition <c>{board}|{yyyy-MM-dd}</c>: row <c>{edition}|{rank}</c> (7 digits) for each place,
/// row
/// <c>{edition}|id|{account}</c> with the rank, and row <c>meta</c>, which names the edition that counts: the day published again is
/// written beside, then flipped
/// at once. Partition <c>days</c>: row <c>{board}|{yyyy-MM-dd}</c> for each published day. Partition <c>latest</c>: row <c>{board}</c>, the
/// pointer that flips last.
/// </summary>
internal static class BoardKeys
{
    public const string Latest = "latest";
    public const string Days = "days";
    public const string Meta = "meta";

    private const string DateFormat = "yyyy-MM-dd";

    public static string Partition(string board, DateOnly date) => $"{TableKey.Encode(board)}|{Key(date)}";

    public static string Row(string edition, int rank) => $"{edition}|{rank.ToString("D7", CultureInfo.InvariantCulture)}";

    public static string Index(string edition, string account) => $"{edition}|id|{TableKey.Encode(account)}";

    public static string Day(string board, DateOnly date) => $"{TableKey.Encode(board)}|{Key(date)}";

    public static string Key(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static DateOnly ReadDate(string key) => DateOnly.ParseExact(key, DateFormat, CultureInfo.InvariantCulture);
}
