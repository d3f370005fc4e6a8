using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Query;

/// <summary>The parameter <c>since</c>: the day at whose end a change begins.</summary>
internal static class SinceQuery
{
    private const int DefaultDays = 7;

    /// <summary>The rule, as a sentence.</summary>
    public static string Rule => $"'since' must be a day like 2026-01-31, one of the {ExplanationQueries.MaxDays} days before today (UTC).";

    /// <summary>A week ago.</summary>
    public static DateOnly Default(DateOnly today) => today.AddDays(-DefaultDays);

    /// <summary>The day, a week ago where none is given; whether it is one of those before today.</summary>
    public static bool TryRead(IQueryCollection query, DateOnly today, out DateOnly since)
    {
        since = Default(today);
        return (string?)query["since"] is not { Length: > 0 } asked
            || (
                DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out since)
                && since < today
                && since >= today.AddDays(-ExplanationQueries.MaxDays)
            );
    }
}
