namespace Influence.Pipeline.Query;

/// <summary>A profile's scores of the last days as the API tells them.</summary>
internal static class HistoryContract
{
    public static ScoreHistory Of(LoadedProfile profile, int days)
    {
        var view = profile.View;
        // A first fact may be dated some minutes ahead, on another day.
        var first = Math.Min(view.Today, Math.Max(view.Today - days + 1, view.FirstDay ?? view.Today));
        var past = Enumerable.Range(first, view.Today - first).Select(day => Of(day, view.ScoreAtEndOf(day), !view.HasFactsOf(day)));
        return new ScoreHistory(
            profile.Id.Value,
            DateTimeOffset.FromUnixTimeSeconds(view.Moment),
            view.Policy.Version,
            [.. past, Of(view.Today, view.Score, !view.HasFactsOf(view.Today))]
        )
        {
            Name = profile.Name,
        };
    }

    private static ScoreOfDay Of(int day, Score score, bool isFaded) =>
        new(
            ExplanationQueries.DateOf(day),
            score.Value,
            score.Influence,
            score.Reach,
            score.Depth,
            score.Voice,
            score.Audience,
            isFaded ? true : null
        );
}
