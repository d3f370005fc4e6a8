namespace Influence.LocalHost.Tests.Queues;

public sealed class TwoHostTests
{
    [Fact]
    public async Task Of_two_hosts_on_one_queue_one_runs_each_message()
    {
        var queue = await TestStorage.NewQueueAsync();
        await using var first = await RunningHost.StartAsync(RunningHost.Listens("Note", queue.Name));
        await using var second = await RunningHost.StartAsync(RunningHost.Listens("Note", queue.Name));
        var messages = Enumerable.Range(0, 60).Select(i => $"message {i}").ToList();
        foreach (var message in messages)
            await queue.SendMessageAsync(message);
        await TestStorage.EmptyAsync(queue, () => first.Log + second.Log);
        Assert.NotEmpty(first.Calls);
        Assert.NotEmpty(second.Calls);
        Assert.Equal(messages.Select(m => $"{m} attempt 1").Order(), first.Calls.Concat(second.Calls).Order());
    }
}
