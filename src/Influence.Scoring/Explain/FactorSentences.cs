using static System.FormattableString;

namespace Influence.Scoring.Explain;

/// <summary>What a score rests on and what it is made of, a sentence each.</summary>
internal static class FactorSentences
{
    // Fewer people than these are said to be few: one more or less moves the score by half a point or more.
    private const int Few = 10;

    public static IEnumerable<Sentence> Of(ProfileView profile)
    {
        var score = profile.Score;
        if (score.Influence <= 0)
        {
            yield return Sentence.Of("score", "score_none", "Nobody has engaged here lately. The score is 1, where everybody begins.");
            yield break;
        }

        yield return Sentence.Of(
            "score",
            "score",
            Invariant($"The score is {score.Value:0.00}. It stands for an influence of {score.Influence:0.##}, ")
                + "counted in people who engaged lately.",
            ("score", score.Value),
            ("influence", score.Influence)
        );
        yield return Coverage(profile);
        if (score.Reach > 0)
        {
            yield return Reach(profile, score);
            yield return Depth(profile, score);
            yield return Voice(score);
        }

        if (score.Audience > 0)
            yield return Audience(score);
    }

    private static Sentence Coverage(ProfileView profile)
    {
        var people = profile.People;
        if (people == 0)
            return Sentence.Of("coverage", "coverage_none", "It rests on counts alone: nobody who engaged is known by name yet.");
        var without = profile.ScoreWithoutTop;
        return people < Few
            ? Sentence.Of(
                "coverage",
                "coverage_few",
                Invariant($"It rests on {Count(people, "person", "people")} only, so each of them moves it. Without ")
                    + Invariant($"the one who counts most it would be {without:0.00}."),
                ("people", people),
                ("without", without)
            )
            : Sentence.Of(
                "coverage",
                "coverage",
                Invariant($"It rests on {Count(profile.Interactions, "interaction", "interactions")} of {people:#,0} ")
                    + Invariant($"people on {Count(profile.Days, "day", "days")}. Without the one who counts most it would ")
                    + Invariant($"be {without:0.00}."),
                ("interactions", profile.Interactions),
                ("people", people),
                ("days", profile.Days),
                ("without", without)
            );
    }

    private static Sentence Reach(ProfileView profile, Score score)
    {
        var (recent, people) = (profile.RecentPeople, profile.People);
        return recent == 0
            ? Sentence.Of(
                "reach",
                "reach_faded",
                Invariant($"Nobody engaged in the last 30 days. Those of before still count as {score.Reach:0.##} people."),
                ("people", people),
                ("reach", score.Reach)
            )
            : Sentence.Of(
                "reach",
                "reach_recent",
                Invariant($"{Count(recent, "person", "people")} engaged in the last 30 days, of {people:#,0} in all. ")
                    + Invariant($"By how lately each did they count as {score.Reach:0.##}."),
                ("recent", recent),
                ("people", people),
                ("reach", score.Reach)
            );
    }

    private static Sentence Depth(ProfileView profile, Score score)
    {
        var policy = profile.Policy;
        // The inverse of strength = x / (x + 2).
        var points = score.Depth < 1 ? policy.HalfStrength * score.Depth / (1 - score.Depth) : double.PositiveInfinity;
        return Sentence.Of(
            "depth",
            "depth",
            Invariant($"On average each gave as much as {points:0.#} points (a like is {policy.PointsOf(InteractionType.Like):0.#}, ")
                + Invariant($"a share {policy.PointsOf(InteractionType.Share):0.#}), which makes {score.Depth:0.##} ")
                + "of a person each.",
            ("points", points),
            ("depth", score.Depth)
        );
    }

    private static Sentence Voice(Score score) =>
        score.Voice >= 1
            ? Sentence.Of(
                "voice",
                "voice_full",
                Invariant($"Their own voices carry {score.Voice:0.##} times a newcomer's on average."),
                ("voice", score.Voice)
            )
            : Sentence.Of(
                "voice",
                "voice_spread",
                Invariant($"Many of them engage many others as well, so that the attention of each counts as {score.Voice:0.##} ")
                    + "of a newcomer's.",
                ("voice", score.Voice)
            );

    private static Sentence Audience(Score score)
    {
        var share = 100 * score.Audience / score.Influence;
        return Sentence.Of(
            "audience",
            "audience",
            Invariant($"Followers and anonymous counts add {score.Audience:0.##}, {share:0.#} % of the influence."),
            ("audience", score.Audience),
            ("percent", share)
        );
    }

    internal static string Count(long number, string one, string many) => Invariant($"{number:#,0} {(number == 1 ? one : many)}");
}
