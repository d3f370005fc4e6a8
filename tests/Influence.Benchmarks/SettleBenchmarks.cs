using BenchmarkDotNet.Attributes;

namespace Influence.Benchmarks;

/// <summary>
/// Settling a graph of the size of the 60,000 real interactions. It has 7,500 accounts and 30,000 actors, heavy-tailed as the real ones
/// are.
/// </summary>
[MemoryDiagnoser]
public class SettleBenchmarks
{
    private AccountState[] accounts = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var facts = Enumerable
            .Range(0, 60_000)
            .Select(i => new Interaction
            {
                Type = InteractionType.Share,
                Actor = AccountId.Parse($"net:p{random.Next(30_000)}"),
                Target = AccountId.Parse($"net:p{(int)(7_500 * Math.Pow(random.NextDouble(), 3))}"),
                At = Facts.Now - random.Next(3 * 86_400),
            });
        accounts =
        [
            .. facts
                .Where(f => f.Actor != f.Target)
                .GroupBy(f => f.Target!.Value)
                .Select(g => Facts.Apply(Facts.Empty(g.Key.Value), [.. g])),
        ];
    }

    [Benchmark]
    public Settlement OnePass() => Settlement.Run(accounts, Facts.Now, maxPasses: 1);

    [Benchmark]
    public Settlement ToTheFixedPoint() => Settlement.Run(accounts, Facts.Now, 1e-9);
}
