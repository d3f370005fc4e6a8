using BenchmarkDotNet.Attributes;

namespace Influence.Benchmarks;

/// <summary>One more fact for an account with few or a million ties: the time of a page, not of the audience.</summary>
[MemoryDiagnoser]
public class LargeAccountBenchmarks
{
    private AccountState state = null!;
    private Interaction fact = null!;

    [Params(1_000, 1_000_000)]
    public int Ties { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        state = Facts.Empty("net:large");
        for (var first = 0; first < Ties; first += 50_000)
        {
            var batch = Enumerable
                .Range(first, Math.Min(50_000, Ties - first))
                .Select(i => new Interaction
                {
                    Type = InteractionType.Like,
                    Actor = AccountId.Parse($"net:p{i}"),
                    Target = state.Account,
                    At = Facts.Now - (i % 80 * 86_400),
                });
            state = Facts.Apply(state, [.. batch]);
        }

        fact = new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse("net:somebody"),
            Target = state.Account,
            At = Facts.Now,
        };
    }

    [Benchmark]
    public AccountState OneMoreFact() => Facts.Apply(state, [fact]);

    [Benchmark]
    public double ReadScore() => state.ScoreAt(Facts.Now).Value;
}
