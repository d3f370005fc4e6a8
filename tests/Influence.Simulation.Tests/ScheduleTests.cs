using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Influence.Simulation.Tests;

/// <summary>Random schedules of the whole pipeline, each drawn from its seed.</summary>
/// <remarks>
/// <c>INFLUENCE_SCHEDULES</c> says how many (1,000), <c>INFLUENCE_FIRST_SEED</c> from which on (1). A seed that fails is printed; with
/// <c>INFLUENCE_SCHEDULES=1</c> and that seed as the first everything that happens in it is printed too.
/// </remarks>
public sealed class ScheduleTests(ITestOutputHelper output)
{
    private const int ShownOfAKind = 5;

    [Fact]
    public void No_schedule_violates_an_invariant()
    {
        var (count, first) = (Number("INFLUENCE_SCHEDULES") ?? 1000, Number("INFLUENCE_FIRST_SEED") ?? 1);
        var (failed, counts) = (new ConcurrentBag<SimulationResult>(), new ConcurrentDictionary<string, int>());
        var start = Stopwatch.GetTimestamp();
        Parallel.For(
            first,
            first + count,
            seed =>
            {
                var result = Simulator.Run(seed, traces: count == 1);
                foreach (var (what, times) in result.Counts)
                    counts.AddOrUpdate(what, times, (_, known) => known + times);
                if (result.Violations.Count > 0)
                    failed.Add(result);
                if (count == 1)
                    foreach (var line in result.Trace)
                        output.WriteLine(line);
            }
        );
        output.WriteLine($"{count} schedules in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s:");
        output.WriteLine(string.Join(", ", counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value} {c.Key}")));
        foreach (var kind in failed.SelectMany(r => r.Violations.Select(v => (Result: r, v.Invariant, v.How))).GroupBy(v => v.Invariant))
        {
            output.WriteLine($"Violated in {kind.DistinctBy(v => v.Result.Seed).Count()} schedules: {kind.Key}");
            foreach (var (result, _, how) in kind.OrderBy(v => v.Result.Steps).Take(ShownOfAKind))
                output.WriteLine($"  INFLUENCE_FIRST_SEED={result.Seed} ({result.Steps} steps): {how}");
        }

        Assert.Empty(failed.Select(f => f.Seed).Order());
    }

    [Fact]
    public void A_seed_gives_the_same_schedule_again()
    {
        for (var seed = 1; seed <= 40; seed++)
            Assert.Equal(Simulator.Run(seed).Hash, Simulator.Run(seed).Hash);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
