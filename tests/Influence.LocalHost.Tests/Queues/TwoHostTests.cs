namespace Influence.LocalHost.Tests.Queues;

public sealed class TwoHostTests
{
    private const int Messages = 6;

    // One message at a time in each: while one host works, the other takes the next.
    [Fact]
    public async Task Of_two_hosts_on_one_queue_one_runs_each_message()
    {
        var queue = await TestStorage.NewQueueAsync();
        (string, string)[] settings =
        [
            .. RunningHost.Listens("Slow", queue.Name),
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "1"),
            ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "0"),
        ];
        await using var first = await RunningHost.StartAsync(settings);
        await using var second = await RunningHost.StartAsync(settings);
        for (var i = 0; i < Messages; i++)
            await queue.SendMessageAsync($"message {i}");
        await TestStorage.EmptyAsync(queue, () => first.Log + second.Log);
        Assert.NotEmpty(first.Calls);
        Assert.NotEmpty(second.Calls);
        Assert.Equal(Messages * 2, first.Calls.Concat(second.Calls).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Messages * 2, first.Calls.Count + second.Calls.Count);
    }
}
