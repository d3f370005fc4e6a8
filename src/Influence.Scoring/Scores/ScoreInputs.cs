namespace Influence.Scoring.Scores;

/// <summary>The sums of one or several accounts at one moment: all that a score needs.</summary>
/// <param name="Reach">R = Σ recency.</param>
/// <param name="Engagement">R·D = Σ strength·recency.</param>
/// <param name="People">V_people = Σ vote·strength·recency.</param>
/// <param name="Audience">0.005·followers·recency + 0.05·Σ points·count, faded.</param>
public readonly record struct ScoreInputs(double Reach, double Engagement, double People, double Audience)
{
    /// <summary>V, the influence: 0 or more.</summary>
    public double Influence => People + Audience;

    /// <summary>The inputs of one account at a moment (Unix seconds): its totals, faded.</summary>
    /// <remarks>For a moment before the totals' they are above them by a hair.</remarks>
    public static ScoreInputs At(long moment, Totals totals, ScoringPolicy policy)
    {
        if (totals.AsOf == 0)
            return default;
        var fade = policy.Fade(moment - totals.AsOf);
        var followers = policy.FollowerRate * totals.Followers * policy.Fade(moment - totals.FollowersAt);
        var audience = followers + (policy.CounterRate * totals.Counted * fade);
        return new(totals.Reach * fade, totals.Engagement * fade, totals.Influence * fade, audience);
    }

    /// <summary>A profile's inputs are the sums over its accounts (promise 5: none of them is negative).</summary>
    public static ScoreInputs operator +(ScoreInputs left, ScoreInputs right) => Add(left, right);

    /// <summary>A profile's inputs are the sums over its accounts.</summary>
    public static ScoreInputs Add(ScoreInputs left, ScoreInputs right) =>
        new(left.Reach + right.Reach, left.Engagement + right.Engagement, left.People + right.People, left.Audience + right.Audience);

    /// <summary>Without a part of them; what rounding leaves is nothing.</summary>
    /// <param name="part">The part.</param>
    /// <param name="rounding">What rounding leaves at most, of 1.</param>
    internal ScoreInputs Without(ScoreInputs part, double rounding = 1e-12)
    {
        var reach = Rest(Reach, part.Reach);
        var engagement = reach > 0 ? Rest(Engagement, part.Engagement) : 0;
        return new(reach, engagement, engagement > 0 ? Rest(People, part.People) : 0, Rest(Audience, part.Audience));
        double Rest(double whole, double taken) => whole - taken is var rest && rest > whole * rounding ? rest : 0;
    }

    internal ScoreInputs Times(double factor) => new(Reach * factor, Engagement * factor, People * factor, Audience * factor);
}
