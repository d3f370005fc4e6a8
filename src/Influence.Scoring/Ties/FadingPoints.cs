namespace Influence.Scoring.Ties;

/// <summary>x = Σ wᵢ·2^−(last − tᵢ)/H: points faded to the latest moment among them. The order they are added in does not matter.</summary>
internal struct FadingPoints(ScoringPolicy policy, double points, long last)
{
    public double Points { get; private set; } = points;

    public long Last { get; private set; } = last;

    public void Add(double points, long at)
    {
        if (at <= Last)
        {
            Points += points * policy.Fade(Last - at);
            return;
        }

        Points = (Points == 0 ? 0 : Points * policy.Fade(at - Last)) + points;
        Last = at;
    }
}
