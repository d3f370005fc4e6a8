using static System.FormattableString;

namespace Influence.Scoring.Explain;

/// <summary>Why a score is not what it was, a sentence a part. Falling is explained, never scolded.</summary>
internal static class ChangeSentences
{
    // What is not shown is not worth a sentence.
    private const double Visible = 0.005;

    public static IEnumerable<Sentence> Of(ProfileView profile, int day, ScoreChange change)
    {
        var since = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);
        if (Math.Abs(change.Points) < Visible && PartsOf(change).All(p => Math.Abs(p.Points) < Visible))
        {
            yield return Sentence.Of(
                "change",
                "change_none",
                Invariant($"It is what it was at the end of {since:yyyy-MM-dd}."),
                ("points", change.Points)
            );
            yield break;
        }

        if (OnlyFaded(profile, day, change))
        {
            yield return Sentence.Of(
                "change",
                "change_faded",
                Invariant($"Nothing new came in since the end of {since:yyyy-MM-dd}, so what there was faded by {-change.Points:0.00} ")
                    + "points. That is all that happened.",
                ("points", change.Points)
            );
            yield break;
        }

        yield return Sentence.Of(
            "change",
            change.Points >= 0 ? "change_up" : "change_down",
            Invariant($"Since the end of {since:yyyy-MM-dd} it moved by {Signed(change.Points)} points."),
            ("points", change.Points)
        );
        foreach (var (code, points, up, down) in PartsOf(change))
            if (Math.Abs(points) >= Visible)
                yield return Sentence.Of(
                    "change",
                    Invariant($"change_{code}_{(points > 0 ? "up" : "down")}"),
                    Invariant($"{Signed(points)}: {(points > 0 ? up : down)}"),
                    ("points", points)
                );
    }

    private static bool OnlyFaded(ProfileView profile, int day, ScoreChange change) =>
        change.Points < 0
        && Ledger.DayOf(profile.AsOf) <= day
        && Math.Abs(change.Settlement) < Visible
        && Math.Abs(change.Policy) < Visible;

    private static (string Code, double Points, string Up, string Down)[] PartsOf(ScoreChange change) =>
        [
            (
                "reach",
                change.Reach,
                "more people were reached lately.",
                "fewer people were reached lately. What they gave is not lost, it fades with time as everything does."
            ),
            ("depth", change.Depth, "people engaged more deeply.", "those who engaged lately did so more lightly."),
            (
                "voice",
                change.Voice,
                "those who engaged have voices that carry further.",
                "those who engaged lately have voices that do not carry as far yet."
            ),
            ("audience", change.Audience, "followers or anonymous counts grew.", "followers or anonymous counts were fewer, or older."),
            (
                "settlement",
                change.Settlement,
                "the votes of those who engage were counted anew, and carry more. Nothing that this account did.",
                "the votes of those who engage were counted anew, and carry less. Nothing that this account did."
            ),
            (
                "policy",
                change.Policy,
                "the rules changed; the same facts count for more under the new ones.",
                "the rules changed; the same facts count for less under the new ones."
            ),
        ];

    private static string Signed(double points) => Invariant($"{points:+0.00;−0.00}");
}
