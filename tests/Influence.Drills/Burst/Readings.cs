using System.Diagnostics;

namespace Influence.Drills.Burst;

/// <summary>Times of reads and the memory of an app, in one run on one machine. Only their ratios mean anything.</summary>
internal sealed class Readings(RunningApp app)
{
    private readonly Lock gate = new();

    /// <summary>The most memory that host and worker had together when it was looked at.</summary>
    public long PeakMemory { get; private set; }

    public static long MemoryOf(RunningApp app)
    {
        using Process host = Process.GetProcessById(app.HostId),
            worker = Process.GetProcessById(app.WorkerId);
        return host.WorkingSet64 + worker.WorkingSet64;
    }

    /// <summary>Reads one after the other until told to stop; the time that 99 of 100 stay below.</summary>
    /// <param name="paths">What is read, in turn.</param>
    /// <param name="isOver">Asked before each read.</param>
    public async Task<TimeSpan> P99Async(IReadOnlyList<string> paths, Func<bool> isOver)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; !isOver() || i < 100; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using (var response = await app.Client.GetAsync(paths[i % paths.Count]))
                Assert.True((int)response.StatusCode < 500, $"A read was answered {(int)response.StatusCode}.\n{app.Log}");
            times.Add(Stopwatch.GetElapsedTime(began));
            lock (gate)
                PeakMemory = Math.Max(PeakMemory, MemoryOf(app));
            await Task.Delay(5);
        }

        times.Sort();
        return times[(int)(times.Count * 0.99)];
    }
}
