using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The sums at the end of each of the last 90 days that brought something, oldest first. Immutable.</summary>
/// <remarks>
/// Days are those of the facts' own moments: a backlog sent today still shows when it happened. A fact that arrives after later ones
/// changes the last day only, since the days before tell what was known then.
/// </remarks>
public sealed class History
{
    /// <summary>How many days back it reaches.</summary>
    public const int Window = 90;

    internal History(ImmutableArray<DayTotals> days) => Days = days;

    /// <summary>Nothing yet.</summary>
    public static History Empty { get; } = new([]);

    /// <summary>The days that have an entry, ascending.</summary>
    public ImmutableArray<DayTotals> Days { get; }

    /// <summary>The score's inputs at a past moment, from the last day that ended by then; null for none.</summary>
    /// <param name="moment">Unix seconds.</param>
    /// <param name="policy">The policy the state was made under.</param>
    public ScoreInputs? InputsAt(long moment, ScoringPolicy policy)
    {
        for (var i = Days.Length - 1; i >= 0; i--)
            if (Days[i].End <= moment)
                return Days[i].InputsAt(moment, policy);
        return null;
    }

    /// <summary>The entry that says how things stood at the end of a day; null where nothing was known by then.</summary>
    public DayTotals? LatestBy(int day)
    {
        for (var i = Days.Length - 1; i >= 0; i--)
            if (Days[i].Day <= day)
                return Days[i];
        return null;
    }

    internal History With(DayTotals day)
    {
        var before = Days.AsSpan();
        if (!before.IsEmpty && before[^1].Day >= day.Day)
            before = before[..^1];
        // The last one before the window says, faded, how things stood at its beginning.
        while (before.Length > 1 && before[1].Day <= day.Day - Window)
            before = before[1..];
        return new History([.. before, day]);
    }
}

/// <summary>The sums at the end of one day, as known when its last fact had been applied.</summary>
/// <remarks>Stored as 32-bit floats (6e-8).</remarks>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="Reach">R.</param>
/// <param name="Engagement">R·D.</param>
/// <param name="People">V_people.</param>
/// <param name="Audience">The followers' and counters' part of V.</param>
/// <remarks>As of the end of the day (24:00 UTC). A day without facts has no entry: the one before, faded, says it.</remarks>
public readonly record struct DayTotals(int Day, float Reach, float Engagement, float People, float Audience)
{
    /// <summary>What sums of such figures differ by at most, of 1.</summary>
    internal const double Rounding = 1e-6;

    /// <summary>The end of the day, Unix seconds.</summary>
    public long End => (Day + 1L) * ScoringPolicy.Day;

    /// <summary><see cref="Totals.Settled"/> by the end of the day.</summary>
    public float Settled { get; init; }

    internal static DayTotals Of(int day, Totals totals, ScoringPolicy policy)
    {
        var inputs = ScoreInputs.At((day + 1L) * ScoringPolicy.Day, totals, policy);
        return Of(day, inputs) with { Settled = (float)totals.Settled };
    }

    internal static DayTotals Of(int day, ScoreInputs inputs) =>
        new(day, (float)inputs.Reach, (float)inputs.Engagement, (float)inputs.People, (float)inputs.Audience);

    internal ScoreInputs InputsAt(long moment, ScoringPolicy policy) =>
        new ScoreInputs(Reach, Engagement, People, Audience).Times(policy.Fade(moment - End));
}
