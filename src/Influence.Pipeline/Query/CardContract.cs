namespace Influence.Pipeline.Query;

/// <summary>A profile's card as the API tells it.</summary>
internal static class CardContract
{
    public static ScoreCard Of(LoadedProfile profile, BoardPlace? place)
    {
        var (view, document) = (profile.View, profile.Document);
        var score = view.Score;
        var own = view.StyledAccount;
        return new ScoreCard(
            profile.Id.Value,
            profile.Name,
            score.Value,
            score.Influence,
            score.Reach,
            score.Depth,
            score.Voice,
            score.Audience,
            new ScoreCardChange(ChangeOver(view, score, 1), ChangeOver(view, score, 7), ChangeOver(view, score, 30)),
            place?.Rank,
            place?.Percentile,
            place?.IsProvisional == true ? true : null,
            score.PolicyVersion,
            new ScoreCardCoverage(view.Interactions, view.People, view.Days),
            DateTimeOffset.FromUnixTimeSeconds(view.Moment)
        )
        {
            Accounts = document is null ? null : [.. view.Accounts.Select(a => a.Account.Value)],
            Url = document?.Url,
            Avatar = document?.Avatar,
            Badge = document is { HasBadge: false } ? false : null,
            Standing = StandingOf(profile),
            Style = Measures.StyleOf(own.Style),
            EngagesBack = own.Style is null ? null : own.EngagesBack,
            Makeup = Measures.MakeupOf(view),
        };
    }

    public static string? StandingOf(LoadedProfile profile) =>
        profile.Standing == Standing.Member ? null : profile.Standing.ToString().ToLowerInvariant();

    // Against the end of the day so many days ago (UTC), as known then.
    private static double ChangeOver(ProfileView view, Score now, int days) => now.Value - view.ScoreAtEndOf(view.Today - days).Value;
}
