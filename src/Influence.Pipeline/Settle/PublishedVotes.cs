using Azure.Data.Tables;
using Influence.Scoring;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>
/// The votes of the last settlement, by which facts are scored until the next. Parts are loaded when an actor of theirs turns up, and kept in bounded memory;
/// the pointer (Settlements table, partition <c>votes</c>, row <c>latest</c>) is read anew every few seconds.
/// </summary>
internal sealed class PublishedVotes(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options) : IDisposable
{
    private const string Partition = "votes";
    private const string Latest = "latest";

    private readonly MemoryCache parts = new(new MemoryCacheOptions { SizeLimit = options.Value.VoteCacheMegabytes * 1024L * 1024 });
    private volatile Pointer? pointer;

    /// <summary>Makes a pass's votes the published ones.</summary>
    public async Task PublishAsync(PublicationRun run, int pass, CancellationToken stop)
    {
        var row = new TableEntity(Partition, Latest) { ["V"] = 1, ["Publication"] = run.Id, ["Pass"] = pass, ["Ranges"] = run.Ranges, ["AsOf"] = run.AsOf };
        await deployment.Settlements.UpsertEntityAsync(row, TableUpdateMode.Replace, stop);
        pointer = null;
    }

    /// <summary>The votes of some actors.</summary>
    /// <exception cref="InvalidDataException">A part of them is missing.</exception>
    public async Task<IVotes> OfAsync(IEnumerable<ulong> actors, CancellationToken stop)
    {
        // Counted apart from the step that asks: it is paid once in a few seconds, not once a message.
        StorageRequests.Enter("votes");
        if (await PointerAsync(stop) is not { } now) return VoteTable.AllOne;
        var ranges = actors.Select(a => ShardRange.IndexOf(a, now.Ranges)).Distinct();
        var loaded = await Task.WhenAll(ranges.Select(async r => (Range: r, Votes: await PartAsync(now, new ShardRange(r, now.Ranges), stop))));
        return new Parts(loaded.ToDictionary(p => p.Range, p => p.Votes), now.Ranges);
    }

    public void Dispose() => parts.Dispose();

    private async Task<Pointer?> PointerAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (pointer is { } known && now < known.Until) return known.Publication.Length == 0 ? null : known;
        var read = await ReadAsync(stop);
        pointer = (read ?? new Pointer("", 0, 1)) with { Until = now.AddSeconds(options.Value.VoteCacheSeconds) };
        return read;
    }

    private async Task<Pointer?> ReadAsync(CancellationToken stop)
    {
        var row = await deployment.Settlements.GetEntityIfExistsAsync<TableEntity>(Partition, Latest, cancellationToken: stop);
        return row.HasValue ? new Pointer(row.Value!.GetString("Publication"), row.Value.GetInt32("Pass")!.Value, row.Value.GetInt32("Ranges")!.Value) : null;
    }

    private async Task<IVotes> PartAsync(Pointer now, ShardRange range, CancellationToken stop)
    {
        var key = (now.Publication, now.Pass, range);
        if (parts.TryGetValue(key, out IVotes? known)) return known!;
        var packed = await new SettlementTable(deployment.Settlements).FindAsync(now.Publication, SettlementVotes.Name(now.Pass, range), stop)
            ?? throw new InvalidDataException($"The votes of publication '{now.Publication}' are missing.");
        // Half as much again as the packed bytes, at most.
        return parts.Set<IVotes>(key, VoteTable.Of(KeyedPack.Read<float>(packed)), new MemoryCacheEntryOptions { Size = 128 + (3L * packed.Length / 2) });
    }

    private sealed record Pointer(string Publication, int Pass, int Ranges)
    {
        public DateTimeOffset Until { get; init; }
    }

    private sealed class Parts(Dictionary<int, IVotes> parts, int ranges) : IVotes
    {
        public float Of(ulong actor) => parts[ShardRange.IndexOf(actor, ranges)].Of(actor);
    }
}
