using System.Diagnostics;

namespace Influence.Benchmarks.Scale;

/// <summary>One measured piece of work.</summary>
/// <param name="Name">What it was.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Cpu">Processor time of the whole process: what the work costs whatever else the machine does.</param>
internal sealed record Stage(string Name, double Seconds, double Cpu)
{
    public static async Task<Stage> MeasureAsync(string name, Func<Task> work)
    {
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await work();
        Console.Error.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:0.0} s, heap {GC.GetTotalMemory(false) / 1e6:0} MB");
        return new Stage(name, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    public static Stage Sum(string name, IEnumerable<Stage> stages)
    {
        Stage[] all = [.. stages];
        return new Stage(name, all.Sum(s => s.Seconds), all.Sum(s => s.Cpu));
    }
}
