using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Influence.LocalHost.Tests.Timers;

/// <summary>A timer function in real workers. Its lease and status are kept by its name, so all tests of it are in this class.</summary>
public sealed class TimerFunctionTests : IAsyncLifetime
{
    private const string Name = "Tick";
    private static readonly DateTime Long = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private TimerStatusStore store = null!;

    public async Task InitializeAsync()
    {
        var container = new BlobContainerClient(await TestStorage.ConnectionStringAsync(), TimerStatusStore.Container);
        store = new TimerStatusStore(container);
        await container.CreateIfNotExistsAsync();
        // A host that was killed keeps its lease for a minute.
        await foreach (var blob in container.GetBlobsAsync())
        {
            var client = container.GetBlobClient(blob.Name);
            if (blob.Properties.LeaseState == LeaseState.Leased)
                await client.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
            await client.DeleteAsync();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_two_hosts_one_runs_it_and_the_other_takes_over()
    {
        await using var first = await StartAsync("* * * * * *", "first");
        await first.CallsAsync(2, "first past due: False");
        await using var second = await StartAsync("* * * * * *", "second");
        await first.CallsAsync(first.Calls.Count + 2);
        Assert.Empty(second.Calls);
        Assert.Equal(0, await first.CloseInputAsync());
        await second.CallsAsync(1, "second past due: False");
        Assert.Equal(first.Calls.Count, first.Calls.Distinct().Count());
    }

    [Fact]
    public async Task What_was_missed_runs_once_and_tells_the_last_run()
    {
        await store.PutAsync(Name, new TimerStatus(Long, Long.AddDays(1), Long), CancellationToken.None);
        await using var host = await StartAsync("0 0 0 1 1 *", "late");
        Assert.Equal(["late past due: True, last: 2020-01-01 00:00:00Z"], await host.CallsAsync(1));
        await Eventually.HoldsAsync(
            "the status is stored",
            async () => (await store.FindAsync(Name, CancellationToken.None))!.Next > Long.AddYears(2)
        );
        using var response = await host.Client.PostAsync($"/admin/functions/{Name}", new StringContent("{}", null, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("late past due: False, last: never", (await host.CallsAsync(2))[1]);
    }

    private static Task<RunningHost> StartAsync(string schedule, string name) =>
        RunningHost.StartAsync(("AzureWebJobs.Tick.Disabled", "false"), ("TestSchedule", schedule), ("HostName", name));
}
