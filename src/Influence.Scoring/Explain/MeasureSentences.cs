using static System.FormattableString;

namespace Influence.Scoring.Explain;

/// <summary>What stands beside the score, a sentence each: style, whom it engages back, who its audience is.</summary>
internal static class MeasureSentences
{
    public static IEnumerable<Sentence> Of(ProfileView profile)
    {
        if (profile.StyledAccount is { Style: { } style } own)
        {
            yield return Sentence.Of(
                "style",
                "style",
                Invariant($"Its style is that of {(style.IsConsistent ? "a" : "an")} {style.Name}: in 28 days ")
                    + Invariant($"{FactorSentences.Count(style.Posts, "post", "posts")}, ")
                    + Invariant($"{FactorSentences.Count(style.Shares, "share", "shares")}, ")
                    + Invariant($"{FactorSentences.Count(style.Replies, "reply", "replies")} and ")
                    + Invariant($"{FactorSentences.Count(style.Likes, "like", "likes")} on ")
                    + Invariant($"{FactorSentences.Count(style.ActiveDays, "day", "days")}, about {style.Topics:0.#} topics. ")
                    + "It says how it takes part and is no part of the score.",
                ("posts", style.Posts),
                ("shares", style.Shares),
                ("replies", style.Replies),
                ("likes", style.Likes),
                ("topics", style.Topics),
                ("activeDays", style.ActiveDays)
            );
            if (own.TopPeople.Length is > 0 and var people)
                yield return Sentence.Of(
                    "style",
                    "engages_back",
                    people == 1
                        ? $"The one who counts most it engaged itself in those days: {(own.EngagesBack > 0 ? "yes" : "no")}."
                        : Invariant($"Of the {people} people who count most it engaged {own.EngagesBack} itself in those days."),
                    ("people", people),
                    ("engaged", own.EngagesBack)
                );
        }

        if (profile.Makeup is not { Total: > 0 } makeup)
            yield break;
        yield return Sentence.Of(
            "makeup",
            "makeup",
            "Everyone who engaged counts, at most as one person times their voice. " + makeup.Sentence,
            ("people", makeup.Total),
            ("elsewhere", makeup.Elsewhere)
        );
        var (before, now) = (profile.InfluenceAWeekAgo, profile.Inputs.Influence);
        if (AudienceMakeup.NoteOf(before, now) is { } note)
            yield return Sentence.Of("makeup", "doubled", note, ("before", before), ("now", now));
    }
}
