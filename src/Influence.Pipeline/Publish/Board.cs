namespace Influence.Pipeline.Publish;

/// <summary>An account on its way to a board.</summary>
/// <param name="Account">Who.</param>
/// <param name="Score">S, 1–100.</param>
/// <param name="Influence">V, above 0.</param>
/// <param name="Gain">Points gained over the last 7 days.</param>
/// <param name="Name">How the account is shown; null where no fact says.</param>
/// <param name="NamedBy">Which other account of its profile the name was told of; null for none.</param>
/// <param name="Trend">Its <see cref="ScoreTrend.Text"/>; null until a board keeps it.</param>
/// <remarks>
/// Ordered best first: by the score as shown, then V, then account id; never by name. A total order: a board is the same however it was
/// gathered.
/// </remarks>
internal readonly record struct BoardEntry(
    AccountId Account,
    double Score,
    double Influence,
    double Gain = 0,
    string? Name = null,
    string? NamedBy = null,
    string? Trend = null
) : IComparable<BoardEntry>
{
    public int CompareTo(BoardEntry other)
    {
        var order = ScoreHistogram.Hundredths(other.Score).CompareTo(ScoreHistogram.Hundredths(Score));
        if (order == 0)
            order = other.Influence.CompareTo(Influence);
        return order != 0 ? order : Account.CompareTo(other.Account);
    }
}

/// <summary>A board being gathered: the best so far, and a histogram of everyone.</summary>
/// <param name="size">How many of the best it keeps.</param>
internal sealed class Board(int size)
{
    // The worst of the best on top, so that a better one takes its place.
    private static readonly Comparer<BoardEntry> WorstFirst = Comparer<BoardEntry>.Create((a, b) => b.CompareTo(a));
    private readonly PriorityQueue<BoardEntry, BoardEntry> best = new(WorstFirst);

    public ScoreHistogram Histogram { get; } = new();

    /// <summary>The best, in no order.</summary>
    public IEnumerable<BoardEntry> Best => best.UnorderedItems.Select(i => i.Element);

    public void Add(BoardEntry entry, ScoreTrend trend)
    {
        Histogram.Add(ScoreHistogram.PlaceOfScore(entry.Score));
        if (best.Count < size || entry.CompareTo(best.Peek()) < 0)
            Keep(entry with { Trend = trend.Text });
    }

    public void Add(ScoreHistogram everyone, IEnumerable<BoardEntry> entries)
    {
        Histogram.Add(everyone);
        foreach (var entry in entries)
            Keep(entry);
    }

    /// <summary>The best, first place first.</summary>
    public List<BoardEntry> Ranked() => [.. Best.Order()];

    private void Keep(BoardEntry entry)
    {
        if (best.Count < size)
            best.Enqueue(entry, entry);
        else
            best.EnqueueDequeue(entry, entry);
    }
}
