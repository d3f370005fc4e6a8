using BenchmarkDotNet.Attributes;

namespace Influence.Benchmarks;

/// <summary>
/// Batches of 100 interactions over 10,000 accounts. The table's figures are per interaction: 1,000 ns is 1,000,000 a second.
/// </summary>
[MemoryDiagnoser]
public class ApplyBenchmarks
{
    private const int Accounts = 10_000;
    private const int Batch = 100;

    private readonly AccountState[] states = new AccountState[Accounts];
    private readonly Interaction[][] batches = new Interaction[Accounts][];

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Accounts; i++)
        {
            var empty = Facts.Empty($"net:t{i}");
            // Each account already has a batch of history; the second one is measured.
            states[i] = Facts.Apply(empty, Facts.About(empty.Account, Batch, 1000, i));
            batches[i] = Facts.About(empty.Account, Batch, 1000, Accounts + i);
        }
    }

    [Benchmark(OperationsPerInvoke = Accounts * Batch)]
    public long Interaction()
    {
        var sum = 0L;
        for (var i = 0; i < Accounts; i++)
            sum += Facts.Apply(states[i], batches[i]).Totals.Interactions;
        return sum;
    }
}
