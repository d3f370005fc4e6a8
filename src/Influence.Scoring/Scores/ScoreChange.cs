namespace Influence.Scoring.Scores;

/// <summary>Why a score changed between two moments, in points that sum to the change exactly (promise 9).</summary>
/// <param name="Points">The whole change, points.</param>
/// <param name="Reach">The part of reaching more or fewer people.</param>
/// <param name="Depth">The part of their engaging more or less deeply.</param>
/// <param name="Voice">The part of their own voices carrying further or less far.</param>
/// <param name="Audience">The part of followers and anonymous counters.</param>
/// <remarks>
/// Logarithmic mean Divisia weights (LMDI-I: Ang 2005, "The LMDI approach to decomposition analysis") on u = 1 + 10·V_people + 10·A:
/// ΔV_people = L(V₁, V₀)·(ln R₁/R₀ + ln D₁/D₀ + ln Q₁/Q₀), and a change of u is worth ΔS/Δu points each. From or to nobody, all of it is
/// reach.
/// </remarks>
public readonly record struct ScoreChange(double Points, double Reach, double Depth, double Voice, double Audience)
{
    /// <summary>Splits the change from one moment's inputs to another's, under one policy.</summary>
    public static ScoreChange Between(ScoreInputs before, ScoreInputs after, ScoringPolicy policy)
    {
        var points = policy.ScoreOf(after.Influence) - policy.ScoreOf(before.Influence);
        var pointsPerInfluence = PerInfluence(before.Influence, after.Influence, policy);
        // At the cap of 100 the parts shrink with the whole.
        var uncapped = policy.UncappedScoreOf(after.Influence) - policy.UncappedScoreOf(before.Influence);
        if (uncapped != 0)
            pointsPerInfluence *= points / uncapped;
        var audience = pointsPerInfluence * (after.Audience - before.Audience);
        var (depth, voice) = (0.0, 0.0);
        if (before.People > 0 && after.People > 0)
        {
            var weight = pointsPerInfluence * LogarithmicMean(after.People, before.People);
            depth = weight * Math.Log(after.Engagement / after.Reach * (before.Reach / before.Engagement));
            voice = weight * Math.Log(after.People / after.Engagement * (before.Engagement / before.People));
        }

        return new ScoreChange(points, points - audience - depth - voice, depth, voice, audience);
    }

    private static double PerInfluence(double before, double after, ScoringPolicy policy) =>
        10 * policy.PointsPerDecade / Math.Log(10) / LogarithmicMean(1 + (10 * after), 1 + (10 * before));

    // L(a, b) = (a − b) / ln(a/b), a where they are equal; the series keeps its digits where a and b nearly are.
    private static double LogarithmicMean(double a, double b)
    {
        var relative = (a - b) / b;
        return Math.Abs(relative) < 1e-6 ? b * (1 + (relative / 2) - (relative * relative / 12)) : (a - b) / Math.Log(a / b);
    }
}
