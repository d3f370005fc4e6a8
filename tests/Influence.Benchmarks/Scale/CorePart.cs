using System.Diagnostics;
using Influence.Pipeline;
using Influence.Scoring;

namespace Influence.Benchmarks.Scale;

/// <summary>What needs no storage at all: applying facts, and a rank from a board's histogram.</summary>
internal static class CorePart
{
    private const int Accounts = 10_000;
    private const int Ranks = 20_000;

    public static void Run(Report report)
    {
        report.Heading("Core, one thread");
        var (batches, single) = ApplyRates();
        report.Table(["", "rate"],
        [
            ["apply, all facts of an account at once, interactions a second", Report.Number(batches)],
            ["apply, one fact at a time, summary and pages in memory, interactions a second", Report.Number(single)],
            ["rank and percentile from a meta row's 39,604 bytes, read anew each time, ns", Report.Number(RankNanoseconds(fresh: true))],
            ["rank from a histogram already in memory, ns", Report.Number(RankNanoseconds(fresh: false))],
        ]);
    }

    private static (double Batches, double Single) ApplyRates()
    {
        var population = new Population(Accounts);
        var facts = Enumerable.Range(0, Accounts).Select(population.About).ToArray();
        for (var i = 0; i < 500; i++) OneByOne(facts[^(i + 1)]);
        for (var i = 0; i < 500; i++) _ = population.StateOf(Accounts - 1 - i);
        var watch = Stopwatch.StartNew();
        foreach (var batch in facts) Facts.Apply(EmptyOf(batch), batch);
        var atOnce = facts.Sum(f => f.Length) / watch.Elapsed.TotalSeconds;
        var ordinary = facts.Skip(Accounts / 10).ToArray();
        watch.Restart();
        foreach (var batch in ordinary) OneByOne(batch);
        return (atOnce, ordinary.Sum(f => f.Length) / watch.Elapsed.TotalSeconds);
    }

    private static void OneByOne(Interaction[] facts)
    {
        var state = EmptyOf(facts);
        foreach (var fact in facts) state = Facts.Apply(state, [fact]);
    }

    private static AccountState EmptyOf(Interaction[] facts) => AccountState.Empty(facts[0].Target!.Value, ScoringPolicy.Current, Facts.Keys);

    private static double RankNanoseconds(bool fresh)
    {
        var (random, histogram, sum) = (new Random(1), new ScoreHistogram(), 0.0);
        for (var i = 0; i < 1_000_000; i++) histogram.Add(1 + (60 * Math.Pow(random.NextDouble(), 3)));
        var packed = histogram.Pack();
        for (var i = 0; i < 500; i++) sum += Query(i);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Ranks; i++) sum += Query(i);
        GC.KeepAlive(sum);
        return watch.Elapsed.TotalNanoseconds / Ranks;

        double Query(int i)
        {
            var everyone = fresh ? ScoreHistogram.Read(packed) : histogram;
            var score = 1 + (i % 6000 * 0.01);
            return everyone.RankOf(score) + (fresh ? everyone.PercentileOf(score) : 0);
        }
    }
}
