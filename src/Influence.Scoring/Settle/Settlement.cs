namespace Influence.Scoring.Settle;

/// <summary>Votes and scores brought into agreement, in memory (docs/scoring.md, "Settlement").</summary>
/// <remarks>The reference of what the pipeline does in shards.</remarks>
/// <param name="Influences">V of each account at the fixed point, in the order the accounts were given.</param>
/// <param name="Scores">S of each account at the fixed point, 1–100, in the same order.</param>
/// <param name="Votes">The votes behind them, to recompute the accounts with.</param>
/// <param name="Changes">The largest change of any score in each pass, points. Each is at most 0.163 of the one before.</param>
public sealed record Settlement(
    IReadOnlyList<double> Influences,
    IReadOnlyList<double> Scores,
    VoteTable Votes,
    IReadOnlyList<double> Changes
)
{
    /// <summary>
    /// Runs passes until no score changes by more than the tolerance. Ties silent for <see cref="ScoringPolicy.TieSilence"/> count no more.
    /// </summary>
    /// <param name="accounts">The accounts, all ties loaded, all under one policy and one seed.</param>
    /// <param name="at">The moment to settle at, Unix seconds.</param>
    /// <param name="tolerance">When to stop, points, above 0.</param>
    /// <param name="maxPasses">When to stop at the latest; each pass shrinks the error to at most 0.163 of itself.</param>
    /// <param name="excluded">Accounts whose vote an operator set to 0.</param>
    /// <exception cref="PageNotLoadedException">A page of ties is not loaded.</exception>
    public static Settlement Run(
        IReadOnlyList<AccountState> accounts,
        long at,
        double tolerance = 0.01,
        int maxPasses = 50,
        IReadOnlySet<AccountId>? excluded = null
    )
    {
        var graph = new EngagementGraph(accounts, excluded ?? new HashSet<AccountId>(), at);
        double[] scores = [.. accounts.Select(a => a.ScoreAt(at).Value)];
        var (votes, influences) = (graph.VotesOf(scores), new double[accounts.Count]);
        var changes = new List<double>();
        do
        {
            influences = graph.InfluencesOf(votes);
            changes.Add(Replace(scores, influences, accounts));
            votes = graph.VotesOf(scores);
        } while (changes[^1] > tolerance && changes.Count < maxPasses);

        return new Settlement(influences, scores, TableOf(graph, votes), changes);
    }

    private static double Replace(double[] scores, double[] influences, IReadOnlyList<AccountState> accounts)
    {
        var largest = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var score = accounts[i].Policy.ScoreOf(influences[i]);
            largest = Math.Max(largest, Math.Abs(score - scores[i]));
            scores[i] = score;
        }

        return largest;
    }

    private static VoteTable TableOf(EngagementGraph graph, double[] votes) =>
        VoteTable.Of(graph.Keys.Zip(votes, (key, vote) => KeyValuePair.Create(key, (float)vote)));
}
