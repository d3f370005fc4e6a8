using System.Globalization;

namespace Influence.LocalHost.Tests.Worker;

/// <summary>While there is no worker nothing is run, so no message loses an attempt.</summary>
public sealed class WorkerGapTests
{
    private const int Messages = 40;
    private const int Kills = 2;

    // What was in work is visible again at once, long before there is a worker, and each kill may cost it one attempt.
    [Fact]
    public async Task Messages_in_work_when_workers_are_killed_are_processed_and_none_is_poison()
    {
        var queue = await TestStorage.NewQueueAsync();
        await using var host = await RunningHost.StartAsync([
            .. RunningHost.Listens("Slow", queue.Name),
            ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", $"{Kills + 1}"),
        ]);
        for (var i = 0; i < Messages; i++)
            await queue.SendMessageAsync(string.Create(CultureInfo.InvariantCulture, $"message {i}"));
        for (var kill = 0; kill < Kills; kill++)
        {
            var begun = host.CallsOf("begins").Count;
            await host.ServesAsync();
            await host.CallsAsync(begun + 4, "begins");
            host.KillWorker();
        }

        await TestStorage.EmptyAsync(queue, () => host.Log);
        Assert.False(await (await TestStorage.QueueAsync($"{queue.Name}-poison")).ExistsAsync(), host.Log);
        Assert.Equal(Messages, host.CallsOf("ends").Distinct(StringComparer.Ordinal).Count());
    }

    [UnixFact]
    public async Task A_worker_whose_stream_breaks_is_replaced()
    {
        var queue = await TestStorage.NewQueueAsync();
        await using var host = await RunningHost.StartAsync(RunningHost.Listens("Note", queue.Name));
        using (var response = await host.Client.PostAsync("/api/break-stream", null))
            await response.Content.ReadAsStringAsync();
        await queue.SendMessageAsync("after");
        await Eventually.HoldsAsync("another worker is started", () => host.Workers.Count == 2, state: () => host.Log);
        await host.ServesAsync();
        Assert.Equal(["after attempt 1"], await host.CallsAsync(1, "after"));
    }
}
