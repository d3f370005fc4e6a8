using System.Diagnostics;

namespace Influence.Benchmarks.Scale;

/// <summary>What needs no storage at all: applying facts, and a rank from a board's histogram.</summary>
internal static class CorePart
{
    private const int Accounts = 10_000;
    private const int Ranks = 20_000;

    public static async Task RunAsync(Report report)
    {
        report.Heading("Core, one thread");
        report.Line("Interactions a second of processor time, applied to 10,000 accounts that each have 100 already; then nanoseconds.");
        report.Line();
        report.Table(
            ["", ""],
            [
                .. await ApplyRowsAsync([100, 10, 1]),
                [
                    "rank and percentile from a meta row's 39,604 bytes, read anew each time, ns",
                    Report.Number(RankNanoseconds(fresh: true)),
                ],
                ["rank from a histogram already in memory, ns", Report.Number(RankNanoseconds(fresh: false))],
            ]
        );
    }

    private static async Task<List<string[]>> ApplyRowsAsync(int[] batches)
    {
        AccountState[] states =
        [
            .. Enumerable
                .Range(0, Accounts)
                .Select(i => Facts.Apply(Facts.Empty($"net:t{i}"), Facts.About(AccountId.Parse($"net:t{i}"), 100, 1000, i))),
        ];
        var rows = new List<string[]>();
        foreach (var batch in batches)
        {
            Interaction[][] facts = [.. states.Select((s, i) => Facts.About(s.Account, batch, 1000, Accounts + i))];
            // Once to be compiled, once to be measured.
            await ApplyAsync(states, facts);
            rows.Add([
                $"applied in batches of {batch} to an account",
                Report.Number(Accounts * batch / (await ApplyAsync(states, facts)).Cpu),
            ]);
        }

        return rows;
    }

    private static Task<Stage> ApplyAsync(AccountState[] states, Interaction[][] facts) =>
        Stage.MeasureAsync(
            "apply",
            () =>
            {
                for (var i = 0; i < states.Length; i++)
                    Facts.Apply(states[i], facts[i]);
                return Task.CompletedTask;
            }
        );

    private static double RankNanoseconds(bool fresh)
    {
        var (random, histogram, sum) = (new Random(1), new ScoreHistogram(), 0.0);
        for (var i = 0; i < 1_000_000; i++)
            histogram.Add(ScoreHistogram.PlaceOfScore(1 + (60 * Math.Pow(random.NextDouble(), 3))));
        var packed = histogram.Pack();
        for (var i = 0; i < 500; i++)
            sum += Query(i);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Ranks; i++)
            sum += Query(i);
        GC.KeepAlive(sum);
        return watch.Elapsed.TotalNanoseconds / Ranks;

        double Query(int i)
        {
            var everyone = fresh ? ScoreHistogram.Read(packed) : histogram;
            var place = ScoreHistogram.PlaceOfScore(1 + (i % 6000 * 0.01));
            return everyone.RankOf(place) + (fresh ? everyone.PercentileOf(place) : 0);
        }
    }
}
