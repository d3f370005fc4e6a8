namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class ExactlyOnceTests(TestAzurite azurite)
{
    [Fact]
    public async Task A_message_applied_twice_counts_once()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. Random(app, 300, seed: 1)];
        await app.SendAsync(items);
        var messages = await app.ReceiveAsync();
        var applied = 0;
        foreach (var message in messages)
            applied += (await app.ApplyAsync(message)).Applied;
        // As after a crash between the account writes and the message's deletion.
        foreach (var message in messages)
            Assert.Equal((0, 0), await app.ApplyAsync(message) is var r ? (r.Applied, r.Refused) : default);
        Assert.Equal(300, applied);
        await AssertSameAsync(app, items);
    }

    [Fact]
    public async Task A_message_repeated_writes_nothing()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Random(app, 50, seed: 2));
        var messages = await app.ReceiveAsync();
        foreach (var message in messages)
            await app.ApplyAsync(message);
        using (var count = new StorageCount())
        {
            foreach (var message in messages)
                await app.ApplyAsync(message);
            // What the cache knows needs not even a read; that the message was noted is asked by noting it again.
            Assert.Equal((0, messages.Count), (count["recompute"], count["journal"]));
        }

        await using var cold = new App(beside: app);
        var rows = await SettledCommunity.RowsAsync(app);
        foreach (var message in messages)
            Assert.Equal(0, (await cold.ApplyAsync(message)).Applied);
        Assert.Equal(rows, await SettledCommunity.RowsAsync(app));
    }

    [Fact]
    public async Task A_batch_sent_twice_counts_once_in_any_order()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. Random(app, 300, seed: 3)];
        Interaction[] mangled = [.. items, .. items, .. items[..50]];
        new Random(4).Shuffle(mangled);
        await app.SendAsync(mangled, 37);
        var messages = (await app.ReceiveAsync()).ToArray();
        new Random(5).Shuffle(messages);
        foreach (var message in messages)
            await app.ApplyAsync(message);
        await AssertSameAsync(app, items);
    }

    [Fact]
    public async Task A_crash_after_some_of_the_accounts_were_written_loses_and_repeats_nothing()
    {
        await using var app = new App(azurite, settings: ("Influence:AccountsAtATime", "1"));
        Interaction[] items = [.. Random(app, 200, seed: 6)];
        await app.SendAsync(items);
        var message = Assert.Single(await app.ReceiveAsync());
        // The host is stopped while the message is being applied, again and again, and the message comes back.
        for (var crash = 0; crash < 5; crash++)
        {
            using var stopping = new CancellationTokenSource();
            using var count = new StorageCount();
            var work = app.Get<ScoreRecomputer>().ApplyAsync(message, stopping.Token);
            while (!work.IsCompleted && count["recompute"] < 5 + crash)
                await Task.Yield();
            await stopping.CancelAsync();
            await Record.ExceptionAsync(() => work);
        }

        await app.ApplyAsync(message);
        await AssertSameAsync(app, items);
    }

    [Fact]
    public async Task The_queue_and_the_host_may_cut_and_repeat_as_they_like_with_undos_and_metrics_among_the_facts()
    {
        for (var seed = 10; seed < 13; seed++)
        {
            await using var app = new App(azurite);
            Interaction[] items = [.. Random(app, 150, seed)];
            Undo[] undos = [.. items.Where((_, i) => i % 5 == 0).Select(i => new Undo(i))];
            MetricReport[] metrics =
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i => new MetricReport
                    {
                        Account = AccountId.Parse($"net:t{i % 4}"),
                        Counts = i % 2 == 0 ? null : InteractionType.View,
                        Value = i % 2 == 0 ? 1000 + (37 * i % 100) : i,
                        At = app.Now - (i * 7919 % 1_000_000),
                        Id = i % 2 == 0 ? null : $"m{i}",
                    }),
            ];
            Fact[] interactions = [.. items, .. undos, .. items[..30], .. undos[..9]];
            MetricReport[] counts = [.. metrics, .. metrics];
            new Random(seed).Shuffle(interactions);
            new Random(seed).Shuffle(counts);
            await app.SendAsync(interactions, 29);
            await app.SendAsync(counts, 7);
            string[] messages = [.. await app.ReceiveAsync()];
            new Random(seed).Shuffle(messages);
            await Parallel.ForEachAsync(messages, async (message, _) => await app.ApplyAsync(message));
            await AssertSameAsync(app, [.. items.Where((_, i) => i % 5 != 0), .. metrics, .. undos]);
        }
    }

    internal static IEnumerable<Interaction> Random(App app, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var target = random.Next(12);
            yield return new Interaction
            {
                Type = (InteractionType)random.Next((int)InteractionType.View, (int)InteractionType.Post),
                Actor = AccountId.Parse($"net:a{random.Next(40)}"),
                Target = AccountId.Parse($"net:t{target}"),
                At = app.Now - random.Next(80 * 86_400),
                Id = random.Next(2) == 0 ? null : $"{seed}/{i}",
                Object = $"o{i}",
                Context = FactContext.Of(random.Next(2) == 0 ? null : [$"topic{random.Next(4)}", "é"], null),
            };
        }
    }

    internal static async Task AssertSameAsync(App app, Fact[] items)
    {
        var world = new World(await app.Deployment.KeysAsync(default), app.Now);
        world.Apply(items);
        await world.AssertStoredAsync(app);
    }
}
