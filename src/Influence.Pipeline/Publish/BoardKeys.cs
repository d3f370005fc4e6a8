using System.Globalization;

namespace Influence.Pipeline.Publish;

/// <summary>Keys of the boards' rows in the Leaderboards table, layout 2.</summary>
/// <remarks>
/// Partition <c>{board}|{yyyy-MM-dd}</c>: row <c>{edition}|{position}</c> (7 digits) for each place, row <c>{edition}|id|{account}</c> with
/// its position, and row <c>meta</c>, which names the edition that counts: a day published again is written beside, then flipped at once.
/// Partition <c>days</c>: row <c>{board}|{yyyy-MM-dd}</c> for each published day. Partition <c>latest</c>: row <c>{board}</c>, the pointer
/// to its latest day, which flips last.
/// </remarks>
internal static class BoardKeys
{
    public const string Latest = "latest";
    public const string Days = "days";
    public const string Meta = "meta";

    private const string DateFormat = "yyyy-MM-dd";

    public static string Partition(string board, DateOnly date) => $"{TableKey.Encode(board)}|{Key(date)}";

    public static string Row(string edition, int position) => $"{edition}|{position.ToString("D7", CultureInfo.InvariantCulture)}";

    public static string Index(string edition, string account) => $"{edition}|id|{TableKey.Encode(account)}";

    public static string Day(string board, DateOnly date) => $"{TableKey.Encode(board)}|{Key(date)}";

    public static string Key(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static DateOnly ReadDate(string key) => DateOnly.ParseExact(key, DateFormat, CultureInfo.InvariantCulture);
}
