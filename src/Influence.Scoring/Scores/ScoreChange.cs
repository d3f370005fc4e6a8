namespace Influence.Scoring.Scores;

/// <summary>Why a score changed between two moments, in points that sum to the change exactly (promise 9).</summary>
/// <param name="Points">The whole change, points.</param>
/// <param name="Reach">The part of reaching more or fewer people.</param>
/// <param name="Depth">The part of their engaging more or less deeply.</param>
/// <param name="Voice">The part of their own voices carrying further or less far.</param>
/// <param name="Audience">The part of followers and anonymous counters.</param>
/// <param name="Settlement">The part of votes that settlements counted anew: not of anything this account did.</param>
/// <param name="Policy">The part of a change of policy.</param>
/// <remarks>
/// Logarithmic mean Divisia weights (LMDI-I: Ang 2005, "The LMDI approach to decomposition analysis") on u = 1 + 10·V_people + 10·A:
/// ΔV_people = L(V₁, V₀)·(ln R₁/R₀ + ln D₁/D₀ + ln Q₁/Q₀), and a change of u is worth ΔS/Δu points each. From or to nobody, all of it is
/// reach. What settlements did is a part of ln Q₁/Q₀ that is known by itself.
/// </remarks>
public readonly record struct ScoreChange(
    double Points,
    double Reach,
    double Depth,
    double Voice,
    double Audience,
    double Settlement = 0,
    double Policy = 0
)
{
    /// <summary>Splits the change from one moment's inputs to another's, under one policy.</summary>
    /// <param name="before">The inputs of the earlier moment.</param>
    /// <param name="after">The inputs of the later one.</param>
    /// <param name="policy">The policy of both.</param>
    /// <param name="settled">What settlements between them did to V_people (<see cref="SettledInfluence"/>).</param>
    public static ScoreChange Between(ScoreInputs before, ScoreInputs after, ScoringPolicy policy, double settled = 0)
    {
        var points = policy.ScoreOf(after.Influence) - policy.ScoreOf(before.Influence);
        var pointsPerInfluence = PerInfluence(before.Influence, after.Influence, policy);
        // At the cap of 100 the parts shrink with the whole.
        var uncapped = policy.UncappedScoreOf(after.Influence) - policy.UncappedScoreOf(before.Influence);
        if (uncapped != 0)
            pointsPerInfluence *= points / uncapped;
        var audience = pointsPerInfluence * (after.Audience - before.Audience);
        var (depth, voice, settlement) = (0.0, 0.0, 0.0);
        if (HasPeople(before) && HasPeople(after))
        {
            var weight = pointsPerInfluence * LogarithmicMean(after.People, before.People);
            depth = weight * Math.Log(after.Engagement / after.Reach * (before.Reach / before.Engagement));
            voice = weight * Math.Log(after.People / after.Engagement * (before.Engagement / before.People));
            settlement = pointsPerInfluence * settled;
            voice -= settlement;
        }

        return new ScoreChange(points, points - audience - depth - voice - settlement, depth, voice, audience, settlement);
    }

    /// <summary>What settlements did to V_people of an account between two moments: L(V₁, V₀)·Σ ln(after / before).</summary>
    /// <param name="before">V_people of the earlier moment.</param>
    /// <param name="after">V_people of the later one.</param>
    /// <param name="settled">The difference of <see cref="Totals.Settled"/> between them.</param>
    public static double SettledInfluence(double before, double after, double settled) =>
        before > 0 && after > 0 ? LogarithmicMean(after, before) * settled : 0;

    /// <summary>The change of policy alone: two scores of the same facts at one moment.</summary>
    public static ScoreChange OfPolicy(double before, double after) => new(after - before, 0, 0, 0, 0, Policy: after - before);

    /// <summary>Two changes, one after the other.</summary>
    public static ScoreChange operator +(ScoreChange first, ScoreChange second) => Add(first, second);

    /// <summary>Two changes, one after the other.</summary>
    public static ScoreChange Add(ScoreChange left, ScoreChange right) =>
        new(
            left.Points + right.Points,
            left.Reach + right.Reach,
            left.Depth + right.Depth,
            left.Voice + right.Voice,
            left.Audience + right.Audience,
            left.Settlement + right.Settlement,
            left.Policy + right.Policy
        );

    // Days that are long past are kept as 32-bit floats, in which the last of a sum can be lost.
    private static bool HasPeople(ScoreInputs inputs) => inputs is { Reach: > 0, Engagement: > 0, People: > 0 };

    private static double PerInfluence(double before, double after, ScoringPolicy policy) =>
        10 * policy.PointsPerDecade / Math.Log(10) / LogarithmicMean(1 + (10 * after), 1 + (10 * before));

    // L(a, b) = (a − b) / ln(a/b), a where they are equal; the series keeps its digits where a and b nearly are.
    private static double LogarithmicMean(double a, double b)
    {
        var relative = (a - b) / b;
        return Math.Abs(relative) < 1e-6 ? b * (1 + (relative / 2) - (relative * relative / 12)) : (a - b) / Math.Log(a / b);
    }
}
