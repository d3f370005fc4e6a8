namespace Influence.Pipeline.Storage;

/// <summary>A small single-flight cache: one load for all who ask at once, kept for a while, within bounds.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Staleness counts from the load's beginning, however long it took.</item>
/// <item>A load that fails, or takes longer than <see cref="MaxLoad"/>, is not kept; those who wait for it get its exception.</item>
/// <item>A caller's token ends only that caller's wait, never the load that others share.</item>
/// </list>
/// </remarks>
/// <param name="clock">Tells what has expired.</param>
/// <param name="lifetimeOf">How long a value counts; zero or less keeps nothing, infinite keeps it until it is evicted.</param>
/// <param name="maxSize">Largest sum of sizes; those not asked for longest are evicted first, the newest never.</param>
/// <param name="sizeOf">A value's size; 1 each where none is given.</param>
internal sealed class SingleFlightCache<TKey, TValue>(
    TimeProvider clock,
    Func<TValue, TimeSpan> lifetimeOf,
    long maxSize,
    Func<TValue, long>? sizeOf = null
)
    where TKey : notnull
{
    /// <summary>The longest that a load may take.</summary>
    public static readonly TimeSpan MaxLoad = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> latestFirst = [];
    private long size;

    /// <summary>The value of a key: the one kept, the one being loaded, or a new load.</summary>
    /// <param name="key">Which.</param>
    /// <param name="load">Loads it, under the cache's own token.</param>
    /// <param name="cancellationToken">Gives up waiting; the load goes on for others.</param>
    public Task<TValue> GetAsync(TKey key, Func<CancellationToken, Task<TValue>> load, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known) && !(known.Value.Until <= clock.GetUtcNow()))
            {
                latestFirst.Remove(known);
                latestFirst.AddFirst(known);
                return known.Value.Loaded.Task.WaitAsync(cancellationToken);
            }

            Remove(known);
            entry = new Entry(key, clock.GetUtcNow());
            entries[key] = latestFirst.AddFirst(entry);
        }

        _ = LoadAsync(entry, load);
        return entry.Loaded.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Forgets a key: who asks from now on gets a load that begins from now on.</summary>
    public void Forget(TKey key)
    {
        lock (gate)
            Remove(entries.GetValueOrDefault(key));
    }

    private async Task LoadAsync(Entry entry, Func<CancellationToken, Task<TValue>> load)
    {
        try
        {
            using var limit = new CancellationTokenSource(MaxLoad, clock);
            var value = await load(limit.Token).WaitAsync(limit.Token);
            Keep(entry, value);
            entry.Loaded.SetResult(value);
        }
        catch (Exception e)
        {
            Drop(entry);
            entry.Loaded.SetException(e);
            // Nobody may be waiting any more.
            _ = entry.Loaded.Task.Exception;
        }
    }

    private void Keep(Entry entry, TValue value)
    {
        var lifetime = lifetimeOf(value);
        lock (gate)
        {
            if (!IsIn(entry))
                return;
            entry.Until = lifetime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : entry.Begun + lifetime;
            entry.Size = sizeOf?.Invoke(value) ?? 1;
            size += entry.Size;
            if (lifetime <= TimeSpan.Zero && lifetime != Timeout.InfiniteTimeSpan)
                Remove(entries[entry.Key]);
            for (var last = latestFirst.Last; size > maxSize && last is not null; )
            {
                var before = last.Previous;
                // One that is still loading has no size, and others wait for it.
                if (last.Value != entry && last.Value.Until is not null)
                    Remove(last);
                last = before;
            }
        }
    }

    private void Drop(Entry entry)
    {
        lock (gate)
            if (IsIn(entry))
                Remove(entries[entry.Key]);
    }

    private bool IsIn(Entry entry) => entries.TryGetValue(entry.Key, out var node) && node.Value == entry;

    private void Remove(LinkedListNode<Entry>? node)
    {
        if (node is null)
            return;
        entries.Remove(node.Value.Key);
        latestFirst.Remove(node);
        size -= node.Value.Size;
    }

    private sealed class Entry(TKey key, DateTimeOffset begun)
    {
        public TKey Key { get; } = key;

        public DateTimeOffset Begun { get; } = begun;

        public TaskCompletionSource<TValue> Loaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When it expires; null while it is loaded.</summary>
        public DateTimeOffset? Until { get; set; }

        public long Size { get; set; }
    }
}
