namespace Influence.Scoring.Settle;

/// <summary>The graph of who engages whom at a moment: an edge per tie that is not silent.</summary>
/// <remarks>
/// An edge weighs strength·recency. Rows are the accounts; columns the same accounts in the same order, then everyone else who has a say.
/// </remarks>
internal sealed class EngagementGraph
{
    private readonly ScoringPolicy policy;
    private readonly int[] rows;
    private readonly int[] actors;
    private readonly double[] weights;
    private readonly double[] audience;
    private readonly double[] attention;
    private readonly double[] standing;

    public EngagementGraph(IReadOnlyList<AccountState> accounts, IReadOnlySet<AccountId> excluded, long at)
    {
        policy = accounts.Count > 0 ? accounts[0].Policy : ScoringPolicy.Current;
        var edges = accounts.Sum(a => a.Totals.People);
        (rows, actors, weights) = (new int[accounts.Count + 1], new int[edges], new double[edges]);
        audience = [.. accounts.Select(a => a.InputsAt(at).Audience)];
        Keys = [.. accounts.Select(a => a.Key)];
        var index = Keys.Select((key, column) => (key, column)).ToDictionary(c => c.key, c => c.column);
        for (var row = 0; row < accounts.Count; row++)
        {
            rows[row + 1] = rows[row];
            foreach (var tie in accounts[row].Ties.Records())
                if (!tie.IsSilentAt(at, policy) && accounts[row].Link?.IsFellow(tie.Actor) != true)
                    AddEdge(row, tie, index, at);
        }

        attention = new double[Keys.Count];
        for (var edge = 0; edge < rows[^1]; edge++)
            attention[actors[edge]] += weights[edge];
        standing = Enumerable.Repeat(1.0, Keys.Count).ToArray();
        foreach (var account in excluded)
            if (accounts.Count > 0 && index.TryGetValue(accounts[0].Keys.KeyOf(account), out var actor))
                standing[actor] = 0;
    }

    /// <summary>The keys, by column.</summary>
    public List<ulong> Keys { get; }

    /// <summary>vote(a) = quality·selectivity·standing for every column, from the accounts' scores.</summary>
    public double[] VotesOf(ReadOnlySpan<double> scores)
    {
        var votes = new double[Keys.Count];
        for (var a = 0; a < votes.Length; a++)
        {
            var quality = a < scores.Length ? policy.Quality(scores[a]) : 1;
            votes[a] = quality * policy.Selectivity(attention[a]) * standing[a];
        }

        return votes;
    }

    /// <summary>V of every account under some votes.</summary>
    public double[] InfluencesOf(ReadOnlySpan<double> votes)
    {
        var influences = new double[audience.Length];
        for (var row = 0; row < influences.Length; row++)
        {
            var sum = 0.0;
            for (var edge = rows[row]; edge < rows[row + 1]; edge++)
                sum += votes[actors[edge]] * weights[edge];
            influences[row] = sum + audience[row];
        }

        return influences;
    }

    private void AddEdge(int row, Tie tie, Dictionary<ulong, int> index, long at)
    {
        if (!index.TryGetValue(tie.Actor, out var actor))
        {
            actor = index[tie.Actor] = Keys.Count;
            Keys.Add(tie.Actor);
        }

        var edge = rows[row + 1]++;
        (actors[edge], weights[edge]) = (actor, tie.WeightAt(at, policy));
    }
}
