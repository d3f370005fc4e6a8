using System.Collections.Concurrent;
using Influence.Pipeline;

namespace Influence.Benchmarks.Scale;

/// <summary>The Settlements table in memory.</summary>
internal sealed class MemoryData : ISettlementData
{
    private readonly ConcurrentDictionary<(string, string), byte[]> parts = new();

    public long Bytes => parts.Values.Sum(p => (long)p.Length);

    public Task PutAsync(string publication, string name, byte[] data, CancellationToken stop)
    {
        parts[(publication, name)] = data;
        return Task.CompletedTask;
    }

    public Task<byte[]?> FindAsync(string publication, string name, CancellationToken stop) => Task.FromResult(parts.GetValueOrDefault((publication, name)));
}
