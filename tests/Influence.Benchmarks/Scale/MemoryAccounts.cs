using System.Runtime.CompilerServices;
using Influence.Pipeline;
using Influence.Scoring;

namespace Influence.Benchmarks.Scale;

/// <summary>
/// The Accounts table in memory: for each account the bytes of its summary and of its ties, in partition order. Ledger pages are left out, since no step of a
/// publication reads one.
/// </summary>
internal sealed class MemoryAccounts : IAccountShards
{
    private readonly Row[][] shards;

    private MemoryAccounts(Row[][] shards) => this.shards = shards;

    public long Ties { get; private init; }

    /// <summary>How many accounts were written.</summary>
    public int Written => written;

    public long Bytes => shards.Sum(s => s.Sum(r => (long)r.Packed.Length));

    private int written;

    public static MemoryAccounts Of(Population population)
    {
        var rows = new Row[population.Accounts.Length];
        var ties = 0L;
        // The largest accounts stand together at the front: handed out one by one, not in blocks.
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(Enumerable.Range(0, rows.Length), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), rank =>
        {
            var state = population.StateOf(rank);
            Interlocked.Add(ref ties, state.Totals.People);
            rows[rank] = Row.Of(state);
        });
        var shards = rows.GroupBy(r => r.Shard).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Account).ToArray());
        return new MemoryAccounts([.. Enumerable.Range(0, 256).Select(s => shards.GetValueOrDefault((byte)s, []))]) { Ties = ties };
    }

    public async IAsyncEnumerable<AccountState> WithTiesAsync(ShardRange range, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        for (var shard = range.First; shard < range.End; shard++)
            foreach (var row in shards[shard]) yield return row.WithTies();
    }

    public async IAsyncEnumerable<AccountState> SummariesAsync(ShardRange range, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        for (var shard = range.First; shard < range.End; shard++)
            foreach (var row in shards[shard]) yield return row.State();
    }

    public Task<AccountState> RecomputeAsync(AccountId account, IVotes votes, long at, CancellationToken stop)
    {
        var shard = shards[Facts.Keys.ShardOf(account)];
        var index = Array.BinarySearch(shard, new Row(account, [], 0));
        var after = AccountRecompute.Recompute(shard[index].WithTies(), votes, at);
        shard[index] = Row.Of(after);
        Interlocked.Increment(ref written);
        return Task.FromResult(after);
    }

    /// <param name="Account">Whose row it is.</param>
    /// <param name="Packed">Its summary, then its ties.</param>
    /// <param name="SummaryBytes">How long the summary is.</param>
    private readonly record struct Row(AccountId Account, byte[] Packed, int SummaryBytes) : IComparable<Row>
    {
        public byte Shard => Facts.Keys.ShardOf(Account);

        public static Row Of(AccountState state)
        {
            var summary = StatePacking.PackSummary(state);
            var ties = PageSection.Pack(state, StatePacking.PagesOf(state).Where(p => p.Key.Kind == PageKind.Ties));
            return new Row(state.Account, [.. summary, .. ties], summary.Length);
        }

        public AccountState State() => StatePacking.ReadSummary(Packed.AsSpan(0, SummaryBytes), Account, Facts.Keys);

        public AccountState WithTies() => PageSection.Read(State(), PageKind.Ties, Packed.AsSpan(SummaryBytes));

        public int CompareTo(Row other) => Account.CompareTo(other.Account);
    }
}
