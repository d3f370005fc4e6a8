namespace Influence.Pipeline.Publish;

/// <summary>A board being gathered: the best so far, and a count of everyone.</summary>
internal sealed class Board(int size)
{
    // The worst of the best on top, so that a better one takes its place.
    private static readonly Comparer<BoardEntry> WorstFirst = Comparer<BoardEntry>.Create((a, b) => b.CompareTo(a));

    private readonly PriorityQueue<BoardEntry, BoardEntry> best = new(WorstFirst);

    public ScoreHistogram Histogram { get; } = new();

    /// <summary>The best, in no order.</summary>
    public IEnumerable<BoardEntry> Best => best.UnorderedItems.Select(i => i.Element);

    public void Add(BoardEntry entry)
    {
        Histogram.Add(entry.Score);
        Keep(entry);
    }

    public void Add(ScoreHistogram everyone, IEnumerable<BoardEntry> entries)
    {
        Histogram.Add(everyone);
        foreach (var entry in entries)
            Keep(entry);
    }

    /// <summary>The best, first rank first.</summary>
    public List<BoardEntry> Ranked() => [.. Best.Order()];

    private void Keep(BoardEntry entry)
    {
        if (best.Count < size)
            best.Enqueue(entry, entry);
        else
            best.EnqueueDequeue(entry, entry);
    }
}
