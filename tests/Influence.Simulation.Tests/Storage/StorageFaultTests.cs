using Azure;
using Azure.Data.Tables;

namespace Influence.Simulation.Tests.Storage;

/// <summary>What an injected fault leaves behind.</summary>
public sealed class StorageFaultTests
{
    private readonly InMemoryStorage storage = new(TimeProvider.System);
    private readonly Scripted faults = new();

    [Fact]
    public async Task Before_the_effect_there_is_none()
    {
        var table = await TableAsync();
        faults.Next = new StorageFault(Before: new RequestFailedException(503, "busy"));
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task After_the_effect_it_is_kept()
    {
        var table = await TableAsync();
        faults.Next = new StorageFault(After: new RequestFailedException(0, "timed out"));
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task A_request_made_again_meets_its_own_effect()
    {
        var table = await TableAsync();
        var tag = (await table.AddEntityAsync(new TableEntity("p", "known"))).Headers.ETag!.Value;
        faults.Next = new StorageFault(Repeats: true);
        Assert.Equal(409, await StatusAsync(() => table.AddEntityAsync(new TableEntity("p", "new"))));
        faults.Next = new StorageFault(Repeats: true);
        Assert.Equal(412, await StatusAsync(() => table.UpdateEntityAsync(new TableEntity("p", "known"), tag, TableUpdateMode.Replace)));
        faults.Next = new StorageFault(Repeats: true);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "known")).Status);
        var queue = storage.Queue("q", faults);
        await queue.CreateIfNotExistsAsync();
        faults.Next = new StorageFault(Repeats: true);
        await queue.SendMessageAsync("text");
        Assert.Equal(2, (await queue.ReceiveMessagesAsync(32)).Value.Length);
    }

    [Fact]
    public async Task Pages_may_be_short_or_empty_and_still_go_on()
    {
        var table = await TableAsync();
        for (var i = 0; i < 6; i++)
            await table.AddEntityAsync(new TableEntity("p", $"{i}") { ["N"] = i });
        faults.Rows = 2;
        var pages = await table.QueryAsync<TableEntity>("N ge 4").AsPages().Select(p => p.Values.Count).ToListAsync();
        Assert.Equal([0, 0, 2], pages);
        Assert.Equal(["4", "5"], await table.QueryAsync<TableEntity>("N ge 4").Select(r => r.RowKey).ToListAsync());
    }

    private async Task<TableClient> TableAsync()
    {
        var table = storage.Table("t", faults);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private ValueTask<List<TableEntity>> RowsAsync() => storage.Table("t").QueryAsync<TableEntity>().ToListAsync();

    private static async Task<int> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<RequestFailedException>(call)).Status;

    private sealed class Scripted : StorageFaults
    {
        public StorageFault Next { get; set; } = StorageFault.None;

        public int Rows { get; set; } = int.MaxValue;

        public override ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
        {
            var fault = Next;
            Next = StorageFault.None;
            return new(fault);
        }

        public override int RowsPerPage(StorageCall call) => Rows;
    }
}
