using System.Globalization;
using System.Runtime.InteropServices;

namespace Influence.Benchmarks.Scale;

/// <summary>Every figure in one run.</summary>
/// <remarks>
/// Usage: <c>scale [--sizes 10000,100000,1000000] [--only core,facts,memory,storage,hosts,reads,peers] [--out file]</c>. Without
/// <c>--out</c> a whole run writes docs/performance.md and a part of one writes nothing.
/// </remarks>
internal static class ScaleCommand
{
    private static readonly string[] Parts = ["core", "facts", "memory", "storage", "hosts", "reads", "peers"];

    public static async Task<int> RunAsync(string[] args)
    {
        var only = Option(args, "--only")?.Split(',') ?? Parts;
        int[] sizes =
        [
            .. (Option(args, "--sizes") ?? "10000,100000,1000000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)),
        ];
        var whole = only.Length == Parts.Length && sizes.Length == 3;
        var path = Option(args, "--out") ?? (whole ? Path.Combine(TestAzurite.Root, "docs", "performance.md") : null);
        var report = new Report();
        Head(report);
        using var azurite = new TestAzurite();
        foreach (var part in Parts.Where(only.Contains))
        {
            await RunAsync(part, report, sizes, azurite);
            // Part by part, so that a run that is cut short leaves what it has.
            if (path is not null)
                report.Save(path);
        }

        return 0;
    }

    private static async Task RunAsync(string part, Report report, int[] sizes, TestAzurite azurite)
    {
        if (part is "storage" or "hosts" or "reads" or "peers" && azurite.ConnectionString.Length == 0)
            await azurite.InitializeAsync();
        switch (part)
        {
            case "memory":
                await MemoryPart.RunAsync(report, sizes);
                break;
            case "core":
                await CorePart.RunAsync(report);
                break;
            case "facts":
                await FactsPart.RunAsync(report);
                break;
            case "hosts":
                await HostsPart.RunAsync(report, azurite);
                break;
            case "reads":
                await ReadsPart.RunAsync(report, azurite);
                break;
            case "storage":
                await StoragePart.RunAsync(report, azurite);
                break;
            case "peers":
                await PeersPart.RunAsync(report, azurite);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "Not a part.");
        }
    }

    private static void Head(Report report)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        report.Line("# Performance");
        report.Line();
        report.Line(
            $"Measured on {TimeProvider.System.GetUtcNow():yyyy-MM-dd} on a {Environment.ProcessorCount}-core "
                + $"{RuntimeInformation.OSArchitecture} {(OperatingSystem.IsLinux() ? "Linux" : "other")} machine with "
                + $"{Report.Number(memory / 1e9)} GB, .NET {Environment.Version}, shared with other work while it "
                + $"ran{Load()}: compare figures of this run with each other."
        );
        report.Line("Run it again, and write this file anew, with");
        report.Line();
        report.Line("    dotnet run -c Release --project tests/Influence.Benchmarks -- scale");
        report.Line();
        report.Line(
            "PostgreSQL and Redis are those of Debian's packages `postgresql` and `redis-server`; without them their rows are left out."
        );
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? $" (load {File.ReadAllText("/proc/loadavg").Split(' ')[1]} at its start)" : "";

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
