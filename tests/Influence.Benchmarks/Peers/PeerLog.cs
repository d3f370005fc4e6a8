namespace Influence.Benchmarks.Peers;

/// <summary>
/// The interactions that every peer gets: 60,000 among 7,500 accounts, heavy-tailed. They come in the order of their moments.
/// </summary>
internal sealed class PeerLog
{
    public const int Accounts = 7_500;
    public const int Size = 60_000;

    /// <summary>How many of them Azurite gets: what it takes in a minute or so.</summary>
    public const int OnAzurite = 12_000;

    public PeerLog()
    {
        var population = new Population(Accounts);
        Interaction[] all = [.. Enumerable.Range(0, Accounts).SelectMany(population.About)];
        new Random(1).Shuffle(all);
        Facts = [.. all.Take(Size).OrderBy(f => f.At).Select((f, i) => f with { Id = $"i{i}" })];
        var early = Facts.Take(OnAzurite).CountBy(f => f.Target!.Value).OrderByDescending(a => a.Value).ThenBy(a => a.Key).ToList();
        (Largest, Median) = (early[0].Key, early[early.Count / 2].Key);
        LargestCount = Facts.Count(f => f.Target == Largest);
        Targets = Facts.Select(f => f.Target).Distinct().Count();
    }

    public Interaction[] Facts { get; }

    /// <summary>The account that received the most of those that Azurite gets.</summary>
    public AccountId Largest { get; }

    public int LargestCount { get; }

    public AccountId Median { get; }

    public int Targets { get; }
}
