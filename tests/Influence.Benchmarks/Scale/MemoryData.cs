using System.Collections.Concurrent;

namespace Influence.Benchmarks.Scale;

/// <summary>
/// The Settlements table in memory. There parts lie until the next publication; here what no later step reads can go at once.
/// </summary>
internal sealed class MemoryData : ISettlementData
{
    private readonly ConcurrentDictionary<(string, string), byte[]> parts = new();

    private long written;
    private long held;

    /// <summary>How much was put in all.</summary>
    public long Written => written;

    /// <summary>The most it ever held.</summary>
    public long MostHeld { get; private set; }

    public Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken)
    {
        parts[(publication, name)] = data;
        Interlocked.Add(ref written, data.Length);
        lock (parts)
            MostHeld = Math.Max(MostHeld, held += data.Length);
        return Task.CompletedTask;
    }

    public void Forget(string prefix)
    {
        foreach (var key in parts.Keys.Where(k => k.Item2.StartsWith(prefix, StringComparison.Ordinal)))
            if (parts.TryRemove(key, out var part))
                lock (parts)
                    held -= part.Length;
    }

    public Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken) =>
        Task.FromResult(parts.GetValueOrDefault((publication, name)));
}
