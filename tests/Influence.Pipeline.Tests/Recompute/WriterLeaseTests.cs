using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Recompute;

public sealed class WriterLeaseTests
{
    private readonly JumpingClock clock = new();
    private readonly InMemoryStorage storage;

    public WriterLeaseTests()
    {
        storage = new InMemoryStorage(clock);
        storage.Table("Accounts").CreateIfNotExistsAsync().GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_process_that_met_no_other_asks_for_nothing()
    {
        using var host = new Host(storage, clock, meetsOthers: false);
        await using (await host.Lease.EnterAsync(default)) { }

        // The one that made the table.
        Assert.Equal(1, storage.Calls.Values.Sum());
    }

    [Fact]
    public async Task Who_comes_after_another_forgets_what_it_knew()
    {
        using var one = new Host(storage, clock);
        using var other = new Host(storage, clock);
        one.Know("net:a");
        other.Know("net:a");
        await using (await one.Lease.EnterAsync(default))
            Assert.Equal(0, one.Cache.Bytes);
        one.Know("net:a");
        await using (await one.Lease.EnterAsync(default))
            Assert.NotEqual(0, one.Cache.Bytes);
        var before = clock.GetUtcNow();
        await using (await other.Lease.EnterAsync(default))
            Assert.Equal((0L, TimeSpan.Zero), (other.Cache.Bytes, clock.GetUtcNow() - before));
    }

    [Fact]
    public async Task A_lease_whose_owner_died_is_taken_once_its_row_stands_still_for_a_while()
    {
        using var dead = new Host(storage, clock);
        using var other = new Host(storage, clock);
        await dead.Lease.EnterAsync(default);
        var before = clock.GetUtcNow();
        await using (await other.Lease.EnterAsync(default))
            Assert.InRange((clock.GetUtcNow() - before).TotalSeconds, 15, 16);
    }

    [Fact]
    public async Task Who_waits_too_long_goes_on_without_it()
    {
        using var other = new Host(storage, clock, faults: new AlwaysTaken(storage));
        var before = clock.GetUtcNow();
        await using (await other.Lease.EnterAsync(default))
            Assert.InRange((clock.GetUtcNow() - before).TotalSeconds, 20, 21);
        Assert.StartsWith("somebody", await LastOwnerAsync(), StringComparison.Ordinal);
    }

    private async Task<string> LastOwnerAsync() =>
        (await storage.Table("Accounts").GetEntityAsync<TableEntity>("deployment", "writer")).Value.GetString("Last");

    private sealed class Host : IDisposable
    {
        private readonly InMemoryStorage storage;

        public Host(InMemoryStorage storage, TimeProvider clock, bool meetsOthers = true, StorageFaults? faults = null)
        {
            this.storage = storage;
            var guess = new NewAccountGuess(clock);
            if (meetsOthers)
                guess.SawForeignWrite();
            Lease = new WriterLease(storage.Table("Accounts", faults), Cache, guess, clock, new Random(1));
        }

        public AccountCache Cache { get; } = new(1_000_000);

        public WriterLease Lease { get; }

        public void Know(string account)
        {
            using var store = new AccountStore(storage.Table("Accounts"), new AccountKeys(new KeyHasher(1), 16));
            Cache.Put(store.NewOf(AccountId.Parse(account)));
        }

        public void Dispose() => Lease.Dispose();
    }

    /// <summary>Before every look at the lease somebody else takes it.</summary>
    private sealed class AlwaysTaken(InMemoryStorage storage) : StorageFaults
    {
        private int times;

        public override async ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
        {
            var name = $"somebody{times++}";
            var row = new TableEntity("deployment", "writer") { ["Owner"] = name, ["Last"] = name };
            await storage.Table("Accounts").UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
            return StorageFault.None;
        }
    }
}
