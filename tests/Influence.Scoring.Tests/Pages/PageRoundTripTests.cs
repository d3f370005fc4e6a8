namespace Influence.Scoring.Tests.Pages;

public sealed class PageRoundTripTests
{
    private const int Largest = 2300;

    [Fact]
    public void Ties_of_every_size_come_back_as_they_were() => EverySize(PageGen.Ties);

    [Fact]
    public void Undos_of_every_size_come_back_as_they_were() => EverySize(PageGen.Undone);

    [Fact]
    public void Ledgers_of_every_size_come_back_as_they_were() => EverySize((n, r) => PageGen.Ledger(n, r));

    [Fact]
    public void Ledgers_with_contexts_of_every_size_come_back_as_they_were() =>
        EverySize((n, r) => PageGen.Ledger(n, r, contexts: 1 + (n / 3)));

    [Fact]
    public void A_tie_takes_at_most_24_bytes_and_a_fact_28_header_included()
    {
        var random = new Random(3);
        for (var count = 100; count < 2000; count += 100)
        {
            Assert.InRange(PageGen.Ties(count, random).Pages[0].PackedSize / (double)count, 23, 24);
            Assert.InRange(
                PageGen.Ledger(count, random) is var set ? set.Pages.ToArray().Sum(p => p.PackedSize) / (double)count : 0,
                27,
                28
            );
        }
    }

    private static void EverySize<T>(Func<int, Random, PageSet<T>> make)
        where T : struct, IRecord<T>
    {
        for (var count = 0; count <= Largest; count++)
        {
            var pages = make(count, new Random(count)).Pages.ToArray();
            Assert.All(pages, page => Assert.InRange(page.PackedSize, PageHeader.Size + 1, PageSplit.MaxBytes));
            foreach (var page in pages)
            {
                var packed = page.Pack(PageGen.Owner);
                Assert.Equal(page.PackedSize, packed.Length);
                var read = PageReader.Read<T>(packed, PageGen.Owner);
                Assert.Equal((page.Start, page.Splits, page.Count), (read.Start, read.Splits, read.Count));
                Assert.True(page.Records.SequenceEqual(read.Records) && page.Contexts.SequenceEqual(read.Contexts), $"size {count}");
            }
        }
    }
}
