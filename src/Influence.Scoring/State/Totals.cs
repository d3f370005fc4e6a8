namespace Influence.Scoring.State;

/// <summary>The sums a score is made of, all as of one moment. They fade alike, so they say every later moment too.</summary>
/// <param name="AsOf">The moment they are of, Unix seconds: that of the latest fact.</param>
/// <param name="People">How many ties there are, 0 or more.</param>
/// <param name="Reach">R = Σ recency, 0 or more.</param>
/// <param name="Engagement">Σ strength·recency = R·D, 0 to R.</param>
/// <param name="Influence">V_people = Σ vote·strength·recency, 0 to 4·R.</param>
/// <param name="Counted">Σ points·count of anonymous counters, faded, 0 or more.</param>
/// <param name="Followers">The gauge's latest value, 0 or more.</param>
/// <param name="FollowersAt">The moment of that report, Unix seconds; 0 for none yet.</param>
/// <param name="Interactions">How many interactions it rests on, 0 or more.</param>
public readonly record struct Totals(
    long AsOf,
    long People,
    double Reach,
    double Engagement,
    double Influence,
    double Counted,
    double Followers,
    long FollowersAt,
    long Interactions
)
{
    /// <summary>Σ ln(V_people after / before) over the settlements so far: what moved votes did, and nothing else.</summary>
    /// <remarks>A settlement before or after which nobody counts adds nothing.</remarks>
    public double Settled { get; init; }

    /// <summary>The same sums as of a later moment (an earlier one is ignored: what has faded is not brought back).</summary>
    internal Totals FadedTo(long moment, ScoringPolicy policy)
    {
        if (moment <= AsOf)
            return this;
        var fade = AsOf == 0 ? 0 : policy.Fade(moment - AsOf);
        return this with
        {
            AsOf = moment,
            Reach = Reach * fade,
            Engagement = Engagement * fade,
            Influence = Influence * fade,
            Counted = Counted * fade,
        };
    }

    /// <summary>With one tie's part taken out (<paramref name="before"/>) and put in (<paramref name="after"/>); null for none.</summary>
    internal Totals WithTie(Tie? before, Tie? after, ScoringPolicy policy)
    {
        var totals = this;
        if (before is { IsDormant: false } old)
            totals = totals.Add(old, -1, policy);
        if (after is { IsDormant: false } tie)
            totals = totals.Add(tie, 1, policy);
        return totals.People > 0 ? totals.NotBelowZero() : totals with { Reach = 0, Engagement = 0, Influence = 0 };
    }

    private Totals Add(Tie tie, int sign, ScoringPolicy policy)
    {
        var recency = sign * policy.Fade(AsOf - tie.Last);
        var engagement = recency * policy.Strength(tie.Points);
        return this with
        {
            People = People + sign,
            Reach = Reach + recency,
            Engagement = Engagement + engagement,
            Influence = Influence + (engagement * tie.Vote),
        };
    }

    // Taking the last large tie out can leave −1e−17 where nothing is left.
    private Totals NotBelowZero() =>
        this with
        {
            Reach = Math.Max(0, Reach),
            Engagement = Math.Max(0, Engagement),
            Influence = Math.Max(0, Influence),
        };
}
