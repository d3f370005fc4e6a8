using System.Diagnostics;

namespace Influence.Benchmarks.Scale;

/// <summary>The highest managed heap and working set while it is alive, looked at every 20 ms.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread watch;

    public MemoryWatch()
    {
        watch = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        watch.Start();
    }

    public long Managed { get; private set; }

    public long WorkingSet { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        watch.Join();
        stopping.Dispose();
    }

    private void Watch()
    {
        do
        {
            using var process = Process.GetCurrentProcess();
            Managed = Math.Max(Managed, GC.GetTotalMemory(forceFullCollection: false));
            WorkingSet = Math.Max(WorkingSet, process.WorkingSet64);
        } while (!stopping.Token.WaitHandle.WaitOne(20));
    }
}
