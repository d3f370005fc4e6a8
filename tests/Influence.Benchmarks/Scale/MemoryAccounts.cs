using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Influence.Benchmarks.Scale;

/// <summary>
/// The Accounts table in memory, in partition order. Holds for each account the bytes of its summary, its ties and its ledger. The bytes
/// lie outside the managed heap, as they do in production.
/// </summary>
internal sealed class MemoryAccounts : IAccountShards, IDisposable
{
    private static readonly HashSet<PageKind> AllInRow = [];

    private readonly Row[][] shards;

    private readonly MemoryActivities activities;

    private MemoryAccounts(Row[][] shards, MemoryActivities activities) => (this.shards, this.activities) = (shards, activities);

    public long Ties { get; private init; }

    /// <summary>How many accounts were written.</summary>
    public int Written => written;

    public void Dispose()
    {
        foreach (var row in shards.SelectMany(s => s))
            row.Free();
        activities.Dispose();
    }

    /// <summary>What all rows take of the process's memory.</summary>
    /// <remarks>The allocator's own part, and the array that finds them, included.</remarks>
    public long Bytes => shards.Sum(s => s.Sum(r => r.Footprint)) + activities.Bytes;

    private int written;

    /// <summary>What the accounts of a range did themselves, unpacked as production does.</summary>
    public OwnActivities ActivityOf(ShardRange range) => activities.Of(range);

    public static MemoryAccounts Of(Population population)
    {
        var rows = new Row[population.Accounts.Length];
        var ties = 0L;
        // The largest accounts stand together at the front: handed out one by one, not in blocks.
        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(
                Enumerable.Range(0, rows.Length),
                System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering
            ),
            rank =>
            {
                var state = population.StateOf(rank);
                Interlocked.Add(ref ties, state.Totals.People);
                rows[rank] = Row.Of(state, null);
            }
        );
        var shards = rows.GroupBy(r => r.Shard).ToDictionary(g => g.Key, g => g.Order().ToArray());
        return new MemoryAccounts(
            [.. Enumerable.Range(0, 256).Select(s => shards.GetValueOrDefault((byte)s, []))],
            MemoryActivities.Of(population)
        )
        {
            Ties = ties,
        };
    }

    public async IAsyncEnumerable<AccountState> WithTiesAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        for (var shard = range.First; shard < range.End; shard++)
            foreach (var row in shards[shard])
                yield return row.WithTies();
    }

    public async IAsyncEnumerable<AccountDocument> DocumentsAsync(
        ShardRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        for (var shard = range.First; shard < range.End; shard++)
            foreach (var row in shards[shard])
                yield return new AccountDocument(row.Whole(), null, AllInRow);
    }

    public Task<IReadOnlyList<AccountState>> RecomputeAsync(
        IReadOnlyList<AccountDocument> scanned,
        GroupVotes votes,
        PublicationRun run,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<AccountState>>([.. scanned.Select(s => Recompute(s, votes.AtHand, run))]);

    private AccountState Recompute(AccountDocument scanned, IVotes votes, PublicationRun run)
    {
        var shard = shards[Facts.Keys.ShardOf(scanned.State.Account)];
        var index = shard.AsSpan().BinarySearch(new Name(scanned.State.Account));
        var after = AccountRecompute.Recompute(scanned.State, votes, run.SettleAt);
        shard[index] = Row.Of(after, shard[index]);
        Interlocked.Increment(ref written);
        return after;
    }

    /// <summary>
    /// A row in one piece, as little of it as there can be. First the lengths of the account, the summary, the ties and the ledger, then
    /// those, then room for a day more of history and for shares, so that a settlement writes it where it stands.
    /// </summary>
    private readonly unsafe record struct Row(nint At, int Bytes) : IComparable<Row>
    {
        private const int Head = 4 * sizeof(int);
        private const int Room = 96;

        // A block of the C library's allocator: a header of 8 bytes, in steps of 16.
        public long Footprint => ((Bytes + 8L + 15) & ~15) + Unsafe.SizeOf<Row>();

        public byte Shard => Facts.Keys.ShardOf(Account);

        public ReadOnlySpan<byte> Name => Part(0);

        private AccountId Account => AccountId.Parse(Encoding.UTF8.GetString(Name));

        private Span<byte> Packed => new((void*)At, Bytes);

        public void Free() => NativeMemory.Free((void*)At);

        public static Row Of(AccountState state, Row? place)
        {
            var (ties, ledger) = (PackOf(state, PageKind.Ties), PackOf(state, PageKind.Ledger));
            byte[][] parts = [Encoding.UTF8.GetBytes(state.Account.Value), StatePacking.PackSummary(state), ties, ledger];
            var length = Head + parts.Sum(p => p.Length);
            var row = place?.Bytes >= length ? place.Value : Anew(length + Room, place);
            var packed = row.Packed;
            var at = Head;
            for (var i = 0; i < parts.Length; at += parts[i++].Length)
            {
                BinaryPrimitives.WriteInt32LittleEndian(packed[(i * sizeof(int))..], parts[i].Length);
                parts[i].CopyTo(packed[at..]);
            }

            return row;
        }

        private static Row Anew(int bytes, Row? old)
        {
            old?.Free();
            return new Row((nint)NativeMemory.Alloc((nuint)bytes), bytes);
        }

        public AccountState State() => StatePacking.ReadSummary(Part(1), Account, Facts.Keys);

        private static byte[] PackOf(AccountState state, PageKind kind) =>
            PageSection.Pack(state, StatePacking.PagesOf(state).Where(p => p.Key.Kind == kind));

        public AccountState Whole() => PageSection.Read(WithTies(), PageKind.Ledger, Part(3));

        public AccountState WithTies() => PageSection.Read(State(), PageKind.Ties, Part(2));

        public int CompareTo(Row other) => Name.SequenceCompareTo(other.Name);

        private ReadOnlySpan<byte> Part(int part)
        {
            var at = Head;
            for (var i = 0; i < part; i++)
                at += LengthOf(i);
            return Packed.Slice(at, LengthOf(part));
        }

        private int LengthOf(int part) => BinaryPrimitives.ReadInt32LittleEndian(Packed[(part * sizeof(int))..]);
    }

    private readonly struct Name(AccountId account) : IComparable<Row>
    {
        private readonly byte[] name = Encoding.UTF8.GetBytes(account.Value);

        public int CompareTo(Row other) => name.AsSpan().SequenceCompareTo(other.Name);
    }
}
