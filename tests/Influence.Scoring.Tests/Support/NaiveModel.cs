namespace Influence.Scoring.Tests.Support;

/// <summary>The formula once more, from docs/scoring.md: keeps every fact and computes everything anew.</summary>
internal static class NaiveModel
{
    private const double HalfLife = 30 * 86_400.0;
    private static readonly double[] Points = [0, 0.02, 0.5, 1, 2, 3, 3, 4, 5, 0];

    public static (double Score, double Reach, double Engagement, double People, double Audience) At(
        IEnumerable<Fact> facts,
        long moment,
        Func<AccountId, double>? vote = null
    )
    {
        var all = facts.Distinct().ToList();
        var (reach, engagement, people) = (0.0, 0.0, 0.0);
        foreach (var actor in Standing(all).GroupBy(i => i.Actor))
        {
            var last = actor.Max(i => i.At);
            var x = actor.Sum(i => Points[(int)i.Type] * Fade(last - i.At));
            var (strength, recency) = (x / (x + 2), Fade(moment - last));
            reach += recency;
            engagement += strength * recency;
            people += (vote?.Invoke(actor.Key) ?? 1) * strength * recency;
        }

        var audience =
            Followers(all, moment)
            + all.OfType<MetricReport>()
                .Where(m => m.Counts is not null)
                .Sum(m => 0.05 * Points[(int)m.Counts!] * m.Value * Fade(moment - m.At));
        return (Math.Min(100, 1 + (99.0 / 8 * Math.Log10(1 + (10 * (people + audience))))), reach, engagement, people, audience);
    }

    /// <summary>The interactions that count.</summary>
    /// <remarks>Those that no undo cancels, and of several of one id and day the latest.</remarks>
    public static IEnumerable<Interaction> Standing(IReadOnlyCollection<Fact> facts)
    {
        var undos = facts.OfType<Undo>().ToList();
        return facts
            .OfType<Interaction>()
            .Where(i => !undos.Exists(u => Cancels(u, i)))
            .GroupBy(i => (i.Source, i.Actor, Id: i.Id ?? $"{i.Type} {i.Object} {i.At}", i.Id is null, Day: i.At / 86_400))
            .Select(g =>
                g.OrderBy(i => i.At)
                    .ThenBy(i => i.Type)
                    .ThenBy(i => i.Context, Comparer<FactContext>.Create((a, b) => a.CompareTo(b)))
                    .Last()
            );
    }

    private static bool Cancels(Undo undo, Interaction i)
    {
        var what = undo.Original;
        return i.At <= undo.At
            && (i.Source, i.Actor) == (what.Source, what.Actor)
            && (what.Id is { } id ? i.Id == id : (i.Type, i.Object) == (what.Type, what.Object));
    }

    private static double Followers(List<Fact> facts, long moment) =>
        facts
            .OfType<MetricReport>()
            .Where(m => m.Counts is null)
            .OrderByDescending(m => (m.At, m.Value))
            .Take(1)
            .Sum(m => 0.005 * m.Value * Fade(moment - m.At));

    private static double Fade(double seconds) => Math.Pow(2, -seconds / HalfLife);
}
