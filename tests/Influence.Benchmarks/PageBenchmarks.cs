using BenchmarkDotNet.Attributes;

namespace Influence.Benchmarks;

/// <summary>Packing and reading a page of about 2,000 ties, checksum and proof included.</summary>
[MemoryDiagnoser]
public class PageBenchmarks
{
    private AccountState state = null!;
    private Page page = null!;
    private byte[] packed = null!;

    [GlobalSetup]
    public void Setup()
    {
        var empty = Facts.Empty("net:t");
        state = Facts.Apply(empty, Facts.About(empty.Account, 2_000, 1_000_000, 1));
        page = StatePacking.PagesOf(state).First(p => p.Key.Kind == PageKind.Ties).Value;
        packed = StatePacking.PackPage(state, page);
    }

    [Benchmark]
    public byte[] Pack() => StatePacking.PackPage(state, page);

    [Benchmark]
    public AccountState Read() => StatePacking.WithPage(state, new PageName(PageKind.Ties, 0, 0), packed);

    [Benchmark]
    public byte[] PackSummary() => StatePacking.PackSummary(state);
}
