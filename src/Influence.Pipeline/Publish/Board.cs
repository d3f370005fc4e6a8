namespace Influence.Pipeline;

/// <summary>A board being gathered: the best so far, and a count of everyone.</summary>
internal sealed class Board(int size)
{
    // The worst of the best on top, so that a better one takes its place.
    private readonly PriorityQueue<BoardEntry, BoardEntry> best = new(Comparer<BoardEntry>.Create((a, b) => b.CompareTo(a)));

    public ScoreHistogram Histogram { get; } = new();

    public void Add(BoardEntry entry)
    {
        Histogram.Add(entry.Score);
        Keep(entry);
    }

    public void Add(Board other)
    {
        Histogram.Add(other.Histogram);
        foreach (var (entry, _) in other.best.UnorderedItems) Keep(entry);
    }

    /// <summary>The best, first rank first.</summary>
    public List<BoardEntry> Ranked() => [.. best.UnorderedItems.Select(i => i.Element).Order()];

    private void Keep(BoardEntry entry)
    {
        if (best.Count < size) best.Enqueue(entry, entry);
        else best.EnqueueDequeue(entry, entry);
    }
}
