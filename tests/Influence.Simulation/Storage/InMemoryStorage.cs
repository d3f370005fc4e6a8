using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Influence.Simulation.Storage;

/// <summary>A storage account in memory: tables and queues that several hosts share, on a clock of its own.</summary>
/// <param name="clock">The service's clock: timestamps, the Date header, visibility of messages.</param>
public sealed class InMemoryStorage(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, InMemoryTable> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, InMemoryQueue> queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);
    private long ids;

    /// <summary>The service's clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Calls so far by pipeline step; a retried request counts each time, as on the bill.</summary>
    public IReadOnlyDictionary<string, int> Calls => calls;

    /// <summary>Clients for one host; two hosts with clients of their own meet faults of their own.</summary>
    public StorageClients Clients(StorageFaults? faults = null) => new(name => Table(name, faults), name => Queue(name, faults));

    /// <summary>A client of a table, which need not exist yet.</summary>
    public TableClient Table(string name, StorageFaults? faults = null) => new InMemoryTableClient(this, TableOf(name), faults);

    /// <summary>A client of a queue, which need not exist yet.</summary>
    public QueueClient Queue(string name, StorageFaults? faults = null) => new InMemoryQueueClient(this, QueueOf(name), faults);

    internal InMemoryTable TableOf(string name) => tables.GetOrAdd(name, n => new InMemoryTable(n, clock));

    internal InMemoryQueue QueueOf(string name) => queues.GetOrAdd(name, n => new InMemoryQueue(n, clock, NewId));

    /// <summary>
    /// Makes a request: fault, count, effect, fault. It is made again where its answer was lost and the SDK would ask again.
    /// </summary>
    internal async Task<T> RequestAsync<T>(StorageCall call, StorageFaults faults, Func<T> effect, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new TaskCanceledException("The request was cancelled by its caller.", null, cancellationToken);
            calls.AddOrUpdate(call.Step, 1, (_, known) => known + 1);
            var fault = await faults.MeetAsync(call, cancellationToken);
            if (fault.Before is not null)
                throw fault.Before;
            var (answer, refusal) = Try(effect);
            if (fault.Dies)
                await new TaskCompletionSource().Task;
            if (fault.Repeats)
                continue;
            if ((fault.After ?? refusal) is { } failure)
                throw failure;
            return answer!;
        }
    }

    // Ids that are the same in every run of the same schedule.
    private string NewId() => new Guid((int)Interlocked.Increment(ref ids), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]).ToString();

    private static (T? Answer, Azure.RequestFailedException? Refusal) Try<T>(Func<T> effect)
    {
        try
        {
            return (effect(), null);
        }
        catch (Azure.RequestFailedException e)
        {
            return (default, e);
        }
    }
}
