namespace Influence.Tests;

/// <summary>Recomputes every number of an explanation from the explanation itself, as docs/scoring.md says.</summary>
internal static class ExplanationCheck
{
    private const double Tolerance = 1e-9;
    private const double PointsPerDecade = 99.0 / 8;

    public static void Recompute(Explanation told)
    {
        Check(told.Now);
        Check(told.Change.Before);
        Close(told.Now.People, told.Accounts.Sum(a => a.People), "people of the accounts");
        Close(told.Now.Audience, told.Accounts.Sum(a => a.Audience), "audience of the accounts");
        foreach (var person in told.People)
        {
            Close(person.Tie, person.Ties.Sum(t => t.Tie), "tie");
            foreach (var tie in person.Ties)
            {
                Close(tie.Points / (tie.Points + 2), tie.Strength, "strength");
                Close(Math.Pow(2, -(told.AsOf - tie.Last).TotalDays / 30), tie.Recency, "recency");
                Close(tie.Vote * tie.Strength * tie.Recency, tie.Tie, "tie of one account");
            }
        }

        foreach (var family in new[] { told.Shares.Accounts, told.Shares.Types, told.Shares.Topics, told.Shares.Communities })
            if (family.Count > 0)
                Close(1, family.Values.Sum(), "shares");
        var top = told.People.Select(p => p.Tie).FirstOrDefault();
        Close(ScoreOf(Math.Max(0, told.Now.Influence - top)), told.Coverage.WithoutTop, "without the top person");
        CheckChange(told);
    }

    // LMDI-I on 1 + 10·V, where the policy stayed the same.
    private static void CheckChange(Explanation told)
    {
        var (change, before, now) = (told.Change, told.Change.Before, told.Now);
        var parts = change.Reach + change.Depth + change.Voice + change.Audience + change.Settlement + change.Policy;
        Close(change.Points, parts, "sum of the parts");
        Close(now.Score - before.Score, change.Points, "change");
        if (change.PolicyChange is not null || now.Score >= 100)
            return;
        var (u0, u1) = (1 + (10 * before.Influence), 1 + (10 * now.Influence));
        var perInfluence = 10 * PointsPerDecade / Math.Log(10) / Mean(u1, u0);
        Close(perInfluence * (now.Audience - before.Audience), change.Audience, "audience");
        if (before.People <= 0 || now.People <= 0)
            return;
        var settled = told.Accounts.Sum(a => a.People > 0 && a.PeopleBefore > 0 ? Mean(a.People, a.PeopleBefore) * a.Settled : 0);
        var weight = perInfluence * Mean(now.People, before.People);
        Close(weight * Math.Log(now.Reach / before.Reach), change.Reach, "reach");
        Close(weight * Math.Log(now.Depth / before.Depth), change.Depth, "depth");
        Close(perInfluence * settled, change.Settlement, "settlement");
        Close((weight * Math.Log(now.Voice / before.Voice)) - (perInfluence * settled), change.Voice, "voice");
    }

    private static void Check(ExplainedScore score)
    {
        Close(score.Reach * score.Depth * score.Voice, score.People, "R·D·Q");
        Close(score.People + score.Audience, score.Influence, "influence");
        Close(ScoreOf(score.Influence), score.Score, "score");
    }

    private static double ScoreOf(double influence) => Math.Min(100, 1 + (PointsPerDecade * Math.Log10(1 + (10 * influence))));

    private static double Mean(double a, double b) => Math.Abs(a - b) < 1e-9 * b ? (a + b) / 2 : (a - b) / Math.Log(a / b);

    private static void Close(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * (1 + Math.Abs(expected)), $"{what}: {expected:R}, but {actual:R} is told");
}
