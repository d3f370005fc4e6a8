namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class GroupCommitTests(TestAzurite azurite)
{
    [Fact]
    public async Task Changes_of_two_partitions_are_refused_before_they_are_sent()
    {
        await using var app = new App(azurite);
        var store = await app.Get<AccountWriter>().StoreAsync(default);
        var changes = Enumerable
            .Range(0, 40)
            .Select(i => store.NewOf(AccountId.Parse($"net:{i}")))
            .Select(d => AccountRow.Change(d, d.State, store.Keys))
            .ToList();
        // Azurite takes them, Azure refuses them.
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.SaveAsync(changes, default));
        Assert.Contains("one partition", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rows_than_a_transaction_takes_are_too_many_before_they_are_sent()
    {
        await using var app = new App(azurite, settings: ("Influence:Partitions", "1"));
        var store = await app.Get<AccountWriter>().StoreAsync(default);
        var changes = Enumerable
            .Range(0, 101)
            .Select(i => store.NewOf(AccountId.Parse($"net:{i}")))
            .Select(d => AccountRow.Change(d, d.State, store.Keys))
            .ToList();
        using (var count = new StorageCount())
        {
            Assert.Equal(SaveOutcome.TooLarge, (await store.SaveAsync(changes, default)).Outcome);
            Assert.Equal(0, count.Total);
        }

        Assert.Equal(SaveOutcome.Saved, (await store.SaveAsync(changes[..100], default)).Outcome);
        // An account that is there already: the refusal names it.
        var again = await store.SaveAsync([changes[100], changes[3]], default);
        Assert.Equal((SaveOutcome.Conflict, 1), (again.Outcome, again.Refused));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Several_hosts_on_the_same_accounts_lose_nothing_and_starve_nobody(int hosts)
    {
        await using var first = new App(azurite);
        var others = Enumerable.Range(1, hosts - 1).Select(_ => new App(beside: first)).ToList();
        Interaction[] items =
        [
            .. Enumerable.Range(0, 3_000).Select(i => first.Share($"net:a{i % 911}", i % 3 == 0 ? "net:hot" : $"net:t{i % 60}", $"{i}")),
        ];
        await first.SendAsync(items, 50);
        string[] messages = [.. await first.ReceiveAsync()];
        App[] apps = [first, .. others];
        await Task.WhenAll(
            apps.Select(
                (app, host) =>
                    Task.Run(() => Task.WhenAll(messages.Where((_, i) => i % hosts == host).Chunk(4).Select(m => ApplyAsync(app, m))))
            )
        );
        await ExactlyOnceTests.AssertSameAsync(first, items);
        foreach (var app in others)
            await app.DisposeAsync();
    }

    [Fact]
    public async Task A_restarted_host_that_guesses_wrong_reads_and_counts_once()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. Enumerable.Range(0, 600).Select(i => app.Share($"net:a{i}", $"net:t{i % 150}", $"{i}"))];
        await app.SendAsync(items[..300]);
        await app.DrainAsync();
        await using var restarted = new App(beside: app);
        await app.SendAsync(items);
        foreach (var message in await app.ReceiveAsync())
            Assert.Equal(300, (await restarted.ApplyAsync(message)).Applied);
        await ExactlyOnceTests.AssertSameAsync(app, items);
    }

    // As the queue does: a message that failed comes back.
    private static async Task ApplyAsync(App app, IEnumerable<string> messages)
    {
        foreach (var message in messages)
            for (var attempt = 1; ; attempt++)
            {
                var failure = await Record.ExceptionAsync(() => app.ApplyAsync(message));
                if (failure is null)
                    break;
                Assert.True(attempt < 5, $"A message failed five times: {failure}");
            }
    }
}
