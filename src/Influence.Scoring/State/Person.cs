namespace Influence.Scoring.State;

/// <summary>One of the people who count most for an account, by name.</summary>
/// <param name="Account">Who.</param>
/// <param name="Points">x of the tie, above 0, as of <paramref name="Last"/>.</param>
/// <param name="Last">The tie's last moment, Unix seconds.</param>
/// <param name="Vote">What their attention weighs, 0–4.</param>
public readonly record struct Person(AccountId Account, double Points, long Last, float Vote)
{
    /// <summary>What the person adds to V at a moment: vote·strength·recency, 0–4.</summary>
    public double TieAt(long moment, ScoringPolicy policy) => Vote * policy.Strength(Points) * policy.Fade(moment - Last);

    // Every tie fades alike, so this order holds at every moment.
    internal double Weight(ScoringPolicy policy) => Math.Log(Vote * policy.Strength(Points)) + (Math.Log(2) * Last / policy.HalfLife);
}
