using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Query;

/// <summary>What a board's caller asks for.</summary>
/// <param name="Date">The day; null for the latest.</param>
/// <param name="Top">How many rows.</param>
/// <param name="Cursor">Where the page begins.</param>
/// <param name="Span">How many neighbours on each side.</param>
internal sealed record BoardQuery(DateOnly? Date, int Top, BoardCursor Cursor, int Span)
{
    private const int DefaultTop = 100;
    private const int DefaultSpan = 5;

    /// <summary>Reads the query string <c>?date=latest&amp;top=100&amp;cursor=&amp;span=5</c>.</summary>
    /// <returns>What is asked for; else a sentence that names the parameter that is wrong and its rule.</returns>
    public static (BoardQuery? Query, string? Wrong) Read(IQueryCollection query)
    {
        var (date, top, cursor) = ((string?)query["date"], (string?)query["top"], (string?)query["cursor"]);
        var day = default(DateOnly);
        var isDay = date is not (null or "" or "latest");
        if (isDay && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return (null, "'date' must be 'latest' or a day like 2026-01-31.");
        if (!TryReadNumber(top, DefaultTop, 1, BoardQueries.MaxTop, out var rows))
            return (null, $"'top' must be a whole number from 1 to {BoardQueries.MaxTop}.");
        if (!BoardCursor.TryParse(cursor, out var from))
            return (null, "'cursor' must be the one of a nextLink.");
        if (!TryReadNumber(query["span"], DefaultSpan, 0, BoardQueries.MaxSpan, out var span))
            return (null, $"'span' must be a whole number from 0 to {BoardQueries.MaxSpan}.");
        return (new BoardQuery(isDay ? day : null, rows, from, span), null);
    }

    /// <summary>A number of the query string; whether it is one within its bounds, or absent.</summary>
    public static bool TryReadNumber(string? text, int absent, int least, int most, out int number)
    {
        number = absent;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
