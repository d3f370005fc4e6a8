namespace Influence.Pipeline.Query;

/// <summary>What stands beside a score as cards and explanations show it.</summary>
internal static class Measures
{
    /// <summary>A style as cards show it.</summary>
    public static ScoreCardStyle? StyleOf(Style? style) =>
        style is null
            ? null
            : new ScoreCardStyle(
                style.Name,
                style.IsCreating,
                style.IsParticipating,
                style.IsFocused,
                style.IsConsistent,
                style.Posts,
                style.Shares,
                style.Replies,
                style.Likes,
                style.Topics,
                style.ActiveDays
            );

    /// <summary>Who the audience of a profile is made of; null before the first settlement.</summary>
    public static ScoreCardMakeup? MakeupOf(ProfileView view) =>
        view.Makeup is { } makeup
            ? new ScoreCardMakeup(
                [.. AudienceMakeup.BandNames.Zip(makeup.People, (name, people) => new ScoreBand(name, people))],
                makeup.Elsewhere,
                makeup.Sentence,
                AudienceMakeup.NoteOf(view.InfluenceAWeekAgo, view.Inputs.Influence)
            )
            : null;
}
