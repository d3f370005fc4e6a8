using System.Text;
using CsCheck;

namespace Influence.Replay.Tests.Sending;

public sealed class BatchTests
{
    private static readonly Gen<ReplayOptions> Options = Gen.Select(
        Gen.Int[1, 1000],
        Gen.Int.Nullable(),
        Gen.Int.Nullable(),
        Gen.Bool,
        Gen.Int[1, 4000].Nullable(),
        (batch, sizes, shuffle, twice, limit) =>
            new ReplayOptions
            {
                Batch = batch,
                RandomBatches = sizes,
                Shuffle = shuffle,
                Twice = twice,
                Limit = limit,
            }
    );

    [Fact]
    public void Whatever_the_options_every_fact_is_in_exactly_one_batch() =>
        Gen.Select(Options, Gen.Int[0, 3000])
            .Sample(
                (options, count) =>
                {
                    var batches = Split(new Numbers(count), options);
                    var expected = Enumerable
                        .Range(0, Math.Min(count, options.Limit ?? count))
                        .SelectMany(i => Enumerable.Repeat(i + 5L, options.Twice ? 2 : 1));
                    Assert.Equal(expected, batches.SelectMany(SourceTimestamps).Order());
                    Assert.Equal(Enumerable.Range(0, batches.Count), batches.Select(b => b.Number));
                    Assert.All(batches, b => Assert.InRange(b.Facts, 1, Batches.MaxItems));
                    Assert.All(batches, b => Assert.Equal(b.Facts, SourceTimestamps(b).Count()));
                }
            );

    [Fact]
    public void The_same_options_give_the_same_batches() =>
        Options.Sample(
            options => Assert.Equal(Split(new Numbers(2500), options).Select(Text), Split(new Numbers(2500), options).Select(Text)),
            iter: 20
        );

    [Fact]
    public void Unshuffled_facts_stay_in_order_and_shuffled_ones_do_not()
    {
        var inOrder = Split(new Numbers(2500), new ReplayOptions()).SelectMany(SourceTimestamps);
        Assert.Equal(inOrder.Order(), inOrder);
        Assert.NotEqual(inOrder, Split(new Numbers(2500), new ReplayOptions { Shuffle = 1 }).SelectMany(SourceTimestamps));
    }

    [Fact]
    public void Random_batches_differ_in_size() =>
        Assert.True(Split(new Numbers(20_000), new ReplayOptions { RandomBatches = 3 }).Select(b => b.Facts).Distinct().Count() > 10);

    [Fact]
    public void No_batch_is_larger_than_the_API_takes()
    {
        var batches = Split(new Numbers(100, padding: 100_000), new ReplayOptions());
        Assert.All(batches, b => Assert.InRange(b.Body.Length, 1, Batches.MaxBytes));
        Assert.Equal(100, batches.Sum(b => b.Facts));
    }

    private static List<Batch> Split(IFactSource source, ReplayOptions options) =>
        [.. Batches.Of(FactSequence.Of(source, options), 5, options)];

    private static string Text(Batch batch) => Encoding.UTF8.GetString(batch.Body.Span);

    private static IEnumerable<long> SourceTimestamps(Batch batch) =>
        Text(batch)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => long.Parse(l[(l.LastIndexOf(':') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture));

    private sealed class Numbers(int count, int padding = 0) : IFactSource
    {
        public string Name => "numbers";

        public string Key => "numbers";

        public bool IsMadeUp => false;

        public IEnumerable<FactLine> Read(ReadTally tally) =>
            Enumerable.Range(0, count).Select(i => FactLine.Of(new InteractionFields("like", "x:a", "x:b" + new string('.', padding), i)));
    }
}
