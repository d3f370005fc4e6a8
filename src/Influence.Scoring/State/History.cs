using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>The sums at the end of each of the last 90 days that brought something, oldest first. Immutable.</summary>
/// <remarks>
/// Days are those of the facts' own moments: a backlog sent today still shows when it happened. A fact that arrives after later ones
/// changes
/// the last day only, since the days before tell what was known then.
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

    /// <summary>The score's inputs at a past moment, from the last day that ended by then; null when nothing was known by then.</summary>
    /// <param name="moment">Unix seconds.</param>
    /// <param name="policy">The policy the state was made under.</param>
    public ScoreInputs? InputsAt(long moment, ScoringPolicy policy)
    {
        for (var i = Days.Length - 1; i >= 0; i--)
            if (Days[i].End <= moment)
                return Days[i].InputsAt(moment, policy);
        return null;
    }

    internal History With(DayTotals day)
    {
        var days = Days;
        if (!days.IsEmpty && days[^1].Day >= day.Day)
            days = days.RemoveAt(days.Length - 1);
        return new History([.. days.Where(d => d.Day > day.Day - Window), day]);
    }
}
