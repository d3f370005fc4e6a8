namespace Influence.Scoring.Explain;

/// <summary>A profile's score in plain sentences.</summary>
public static class ProfileSentences
{
    /// <summary>What the score is, what it rests on, each factor, and why it is not what it was at the end of a day.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="day">The day, days since 1970-01-01 UTC.</param>
    /// <param name="change">The change since then (<see cref="ProfileView.ChangeSince"/>).</param>
    public static IReadOnlyList<Sentence> Of(ProfileView profile, int day, ScoreChange change) =>
        [.. FactorSentences.Of(profile), .. ChangeSentences.Of(profile, day, change), .. MeasureSentences.Of(profile)];
}
