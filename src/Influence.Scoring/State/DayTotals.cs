namespace Influence.Scoring.State;

/// <summary>
/// What the sums were at the end of one day, as known when its last fact had been applied. Stored as 32-bit floats (6e-8).
/// </summary>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="Reach">R.</param>
/// <param name="Engagement">R·D.</param>
/// <param name="People">V_people.</param>
/// <param name="Audience">The followers' and counters' part of V.</param>
/// <remarks>As of the end of the day (24:00 UTC). A day without facts has no entry: the one before, faded, says it.</remarks>
public readonly record struct DayTotals(int Day, float Reach, float Engagement, float People, float Audience)
{
    /// <summary>The end of the day, Unix seconds.</summary>
    public long End => (Day + 1L) * ScoringPolicy.Day;

    internal static DayTotals Of(int day, Totals totals, ScoringPolicy policy)
    {
        var inputs = ScoreInputs.At((day + 1L) * ScoringPolicy.Day, totals, policy);
        return new DayTotals(day, (float)inputs.Reach, (float)inputs.Engagement, (float)inputs.People, (float)inputs.Audience);
    }

    internal ScoreInputs InputsAt(long moment, ScoringPolicy policy) =>
        new ScoreInputs(Reach, Engagement, People, Audience).Times(policy.Fade(moment - End));
}
