namespace Influence.Scoring.Tests.Support;

/// <summary>Pages of any size with random content.</summary>
internal static class PageGen
{
    public const ulong Owner = 0xC0FFEE;
    private const int Day = 20_000;

    public static PageSet<Tie> Ties(int count, Random random) =>
        PageSet<Tie>.Empty.Edit(
            Puts(
                Enumerable
                    .Range(0, count)
                    .Select(_ => new Tie(
                        Key(random),
                        Tie.Round(random.NextDouble() * 100) + 1,
                        random.NextInt64(1L << 32),
                        random.NextSingle() * 4
                    ))
                    .Select(t => t with { Points = Tie.Round(t.Points) })
            )
        );

    public static PageSet<UndoneEntry> Undone(int count, Random random) =>
        PageSet<UndoneEntry>.Empty.Edit(
            Puts(Enumerable.Range(0, count).Select(_ => new UndoneEntry(Key(random), random.NextInt64(1L << 32))))
        );

    public static PageSet<LedgerEntry> Ledger(int count, Random random, int contexts = 0) =>
        PageSet<LedgerEntry>.Empty.Edit(Puts(Enumerable.Range(0, count).Select(_ => Entry(random, contexts))));

    /// <summary>The first page of a set, or the page that stands in where there is none.</summary>
    public static PackedPage<T> First<T>(PageSet<T> set)
        where T : struct, IRecord<T> => set.IsEmpty ? PackedPage<T>.Empty : set.Pages[0];

    public static PageEdit<T>[] Puts<T>(IEnumerable<T> records)
        where T : struct, IRecord<T> => [.. records.DistinctBy(r => r.Key).OrderBy(r => r.Key).Select(PageEdit<T>.Put)];

    public static PageEdit<T>[] Takes<T>(IEnumerable<T> records)
        where T : struct, IRecord<T> => [.. records.OrderBy(r => r.Key).Select(PageEdit<T>.Take)];

    private static LedgerEntry Entry(Random random, int contexts)
    {
        var at = (Day * ScoringPolicy.Day) + random.Next((int)ScoringPolicy.Day);
        if (random.Next(5) == 0)
            return LedgerEntry.OfIncrement(Key(random), random.Next(1000), at, InteractionType.View);
        var context =
            contexts == 0 ? FactContext.None : FactContext.Of([$"t{random.Next(contexts)}", "é"], random.Next(2) == 0 ? null : "c");
        return LedgerEntry.Of(Key(random), Key(random), at, (InteractionType)random.Next(1, 9), (uint)random.Next(), context);
    }

    private static ulong Key(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue);
}
