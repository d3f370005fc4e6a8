using System.Globalization;

namespace Influence.Benchmarks.Scale;

/// <summary>Settlement and publication over storage in memory at growing sizes, and how they grow.</summary>
internal static class MemoryPart
{
    private const double GoalSeconds = 40;
    private const double GoalSecondsOfAll = 50;
    private const double GoalBytes = 400e6;

    public static async Task RunAsync(Report report, IReadOnlyList<int> sizes)
    {
        report.Heading("Settle and publish, storage in memory");
        // Jitted before it is timed.
        for (var i = 0; i < 3; i++)
            await MeasureAsync(10_000);
        var results = new List<MemoryResult>();
        foreach (var size in sizes)
        {
            Console.Error.WriteLine($"{size} accounts in memory…");
            results.Add(await MeasureAsync(size));
        }

        Stages(report, results);
        Sizes(report, results);
        Goal(report, results);
    }

    private static async Task<MemoryResult> MeasureAsync(int size)
    {
        using var accounts = MemoryAccounts.Of(new Population(size));
        var held = accounts.Bytes;
        var run = new MemoryPublication();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await using var memory = new MemoryWatch();
        await run.RunAsync(accounts);
        return new MemoryResult(size, accounts.Ties, held, accounts.Written, run, memory.Managed, memory.WorkingSet);
    }

    private static void Stages(Report report, List<MemoryResult> results)
    {
        report.Line(
            "Seconds of wall time, and in brackets of processor time, which says what the work costs when others use the machine too."
        );
        report.Line();
        var names = results[^1].Run.Stages.Select(s => s.Name);
        var rows = names.Select(name => Row(name, r => r.Run.Stages.FirstOrDefault(s => s.Name == name))).ToList();
        rows.Add(Row("**one pass + publication**", r => r.Run.OnePass));
        rows.Add(Row("all passes + publication", r => Stage.Sum("all", r.Run.Stages)));
        rows.Add([
            "ties a second, one pass",
            .. results.Select(r => Report.Number(r.Ties / r.Run.Stages.First(s => s.Name == "pass 1").Seconds)),
            "",
        ]);
        rows.Add([
            "accounts a second, one pass",
            .. results.Select(r => Report.Number(r.Size / r.Run.Stages.First(s => s.Name == "pass 1").Seconds)),
            "",
        ]);
        report.Table(["step", .. results.Select(r => $"{Report.Number(r.Size)} accounts"), "exponent wall (processor)"], rows);
        report.Chart(
            "growth",
            "Processor seconds to settle and publish",
            "accounts",
            ("one pass + publication", [.. results.Select(r => ((double)r.Size, r.Run.OnePass.Cpu))]),
            ("all passes + publication", [.. results.Select(r => ((double)r.Size, Stage.Sum("all", r.Run.Stages).Cpu))])
        );

        string[] Row(string name, Func<MemoryResult, Stage?> of) =>
            [
                name,
                .. results.Select(r => of(r) is { } s ? $"{Report.Number(s.Seconds)} ({Report.Number(s.Cpu)})" : "–"),
                results.Count > 1 && results.All(r => of(r) is not null)
                    ? $"{Exponent(results, r => of(r)!.Seconds)} ({Exponent(results, r => Math.Max(0.001, of(r)!.Cpu))})"
                    : "–",
            ];
    }

    private static void Sizes(Report report, List<MemoryResult> results)
    {
        report.Table(
            ["", .. results.Select(r => $"{Report.Number(r.Size)} accounts"), "exponent"],
            [
                Row("ties", r => r.Ties, Report.Number),
                Row("bytes of accounts the double holds (in production: in storage)", r => r.Held, Report.Megabytes),
                Row("partial results in all", r => r.Run.DataBytes, Report.Megabytes),
                Row("partial results the double holds at most (in production: in storage)", r => r.Run.DataHeld, Report.Megabytes),
                Row("peak managed heap, partial results included", r => r.Managed, Report.Megabytes),
                Row("peak working set, both included", r => r.WorkingSet, Report.Megabytes),
                Row("peak working set beyond what the doubles hold", r => r.Beyond, Report.Megabytes),
                [
                    "passes; largest change in the last, points",
                    .. results.Select(r => $"{r.Run.Passes}; {r.Run.LargestChange.ToString("0.#####", CultureInfo.InvariantCulture)}"),
                    "",
                ],
                Row("accounts written by apply", r => r.Written, Report.Number),
                Row("accounts ranked", r => r.Run.Ranked, Report.Number),
                ["boards", .. results.Select(r => Report.Number(r.Run.Boards)), ""],
                ["rows of the boards", .. results.Select(r => Report.Number(r.Run.Rows)), ""],
                ["requests to write them", .. results.Select(r => Report.Number(r.Run.Transactions)), ""],
            ]
        );

        string[] Row(string name, Func<MemoryResult, double> of, Func<double, string> show) =>
            [name, .. results.Select(r => show(of(r))), results.Count > 1 ? Exponent(results, of) : "–"];
    }

    private static void Goal(Report report, List<MemoryResult> results)
    {
        var (largest, stage) = (results[^1], results[^1].Run.OnePass);
        var all = Stage.Sum("all", largest.Run.Stages);
        report.Line(
            $"Goal, at {Report.Number(largest.Size)} accounts and {Report.Number(largest.Ties)} ties: one settle pass + "
                + $"publication of all boards in at most {GoalSeconds} s, with all passes {GoalSecondsOfAll} s; "
                + $"{Report.Megabytes(GoalBytes)} beyond what the doubles hold; exponents at most 1.1."
        );
        report.Line(
            $"Measured: {Report.Number(stage.Seconds)} s wall ({Verdict(stage.Seconds <= GoalSeconds)}), "
                + $"{Report.Number(stage.Cpu)} s of processor time; with all passes {Report.Number(all.Seconds)} s wall "
                + $"({Verdict(all.Seconds <= GoalSecondsOfAll)}), {Report.Number(all.Cpu)} s of processor time; "
                + $"{Report.Megabytes(largest.Beyond)} ({Verdict(largest.Beyond <= GoalBytes)})."
        );
        report.Line(
            $"On {Environment.ProcessorCount} cores of its own the processor time takes at least "
                + $"{Report.Number(stage.Cpu / Environment.ProcessorCount)} s."
        );
    }

    private static string Verdict(bool holds) => holds ? "met" : "**missed**";

    private static string Exponent(List<MemoryResult> results, Func<MemoryResult, double> of) =>
        Growth.Exponent(results.Select(r => ((double)r.Size, of(r)))).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record MemoryResult(int Size, long Ties, long Held, int Written, MemoryPublication Run, long Managed, long WorkingSet)
    {
        public long Beyond => WorkingSet - Held - Run.DataHeld;
    }
}
