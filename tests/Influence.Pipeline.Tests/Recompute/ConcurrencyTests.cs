namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class ConcurrencyTests(TestAzurite azurite)
{
    [Fact]
    public async Task Two_hosts_writing_to_the_same_accounts_at_once_lose_nothing()
    {
        await using var one = new App(azurite);
        await using var other = new App(beside: one);
        Interaction[] items = [.. Enumerable.Range(0, 400).Select(i => one.Share($"net:a{i}", $"net:t{i % 2}", $"{i}", i))];
        await one.SendAsync(items, 10);
        string[] messages = [.. await one.ReceiveAsync()];
        // Both have both accounts in their caches, so that they refute each other's from the first write on.
        foreach (var host in new[] { one, other })
            await host.ApplyAsync(messages[0]);
        await Task.WhenAll(
            Task.Run(() => ApplyAsync(one, messages.Where((_, i) => i % 2 == 0))),
            Task.Run(() => ApplyAsync(other, messages.Where((_, i) => i % 2 == 1)))
        );
        await ExactlyOnceTests.AssertSameAsync(one, items);
        Assert.Equal(200, (await other.CardAsync("net:t1"))!.Coverage.People);
    }

    [Fact]
    public async Task Two_hosts_that_start_at_once_agree_on_the_keys()
    {
        await using var one = new App(azurite);
        await using var other = new App(beside: one);
        var keys = await Task.WhenAll(
            new[] { one, other, one, other }.Select(app => Task.Run(() => app.Deployment.KeysAsync(default).AsTask()))
        );
        Assert.Single(keys.Select(k => k.Seed).Distinct());
    }

    [Fact]
    public async Task Messages_that_wait_for_each_other_within_a_host_are_written_together()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. Enumerable.Range(0, 200).Select(i => app.Share($"net:a{i}", "net:t"))];
        await app.SendAsync(items, 10);
        var messages = await app.ReceiveAsync();
        using var count = new StorageCount();
        await Task.WhenAll(messages.Select(app.ApplyAsync));
        Assert.InRange(count["recompute"], 1, (messages.Count / 2) + 1);
        // Beside a row that notes each message.
        Assert.Equal(messages.Count, count["journal"]);
        await ExactlyOnceTests.AssertSameAsync(app, items);
    }

    // As the queue does: a message that failed comes back.
    private static async Task ApplyAsync(App app, IEnumerable<string> messages)
    {
        foreach (var message in messages)
        {
            for (
                var round = 0;
                await Record.ExceptionAsync(() => app.ApplyAsync(message)) is { } busy;
                round = Eventually.Round(round, "the account is free")
            )
                Assert.IsType<ContentionException>(busy);
        }
    }
}
