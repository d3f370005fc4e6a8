using Azure.Data.Tables;
using Xunit.Abstractions;

namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class LargeAccountTests(TestAzurite azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task Ten_thousand_people_cost_at_most_60_requests_per_thousand_and_count_as_in_memory()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. People(app, 10_000, days: 1)];
        await app.Deployment.KeysAsync(default);
        using var count = new StorageCount();
        for (var i = 0; i < items.Length; i += 500)
        {
            await app.SendAsync(items[i..(i + 500)]);
            foreach (var message in (await app.Deployment.Interactions.ReceiveMessagesAsync(32)).Value)
            {
                await app.ApplyAsync(message.MessageText);
                await app.Deployment.Interactions.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        output.WriteLine(
            $"Requests per 1,000: {count.Total / 10.0}, of them ingest {count["ingest"] / 10.0}, recompute {count["recompute"] / 10.0}"
        );
        Assert.InRange(count.Total / 10.0, 1, 60);
        await ExactlyOnceTests.AssertSameAsync(app, items);
        var rows = await RowsAsync(app, "net:hot");
        Assert.InRange(rows.Count(r => r.RowKey.StartsWith("t|", StringComparison.Ordinal)), 2, 20);
        Assert.InRange(rows.Count(r => r.RowKey.Contains("|20261120|", StringComparison.Ordinal)), 2, 40);
        Assert.All(rows.Where(r => r.RowKey[0] != 's'), r => Assert.InRange(r.GetBinary("Page").Length, 1, 48 * 1024));
        Assert.DoesNotContain(rows.Single(r => r.RowKey[0] == 's').Keys, k => k is "Ties" or "Ledger");
    }

    [Fact]
    public async Task A_large_account_takes_mixed_batches_repeats_and_undos_over_many_days()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. People(app, 3_000, days: 40)];
        await app.SendAsync(items, 1000);
        await app.DrainAsync();
        Interaction[] undone = [.. items.Where((_, i) => i % 10 == 0)];
        Fact[] mixed =
        [
            .. undone.Select(i => new Undo(i)),
            .. items[500..1200],
            .. items[..300].Select(i => i with { Id = i.Id + "b", Type = InteractionType.Reply }),
        ];
        new Random(1).Shuffle(mixed);
        await app.SendAsync(mixed, 200);
        await app.DrainAsync();
        await ExactlyOnceTests.AssertSameAsync(app, [.. items, .. mixed]);
    }

    [Fact]
    public async Task A_batch_that_touches_more_pages_than_a_transaction_holds_is_halved()
    {
        await using var app = new App(azurite);
        // A page of the ledger for each of 90 days, several for the last, and the pages of ties: the next batch touches them all.
        Interaction[] items =
        [
            .. People(app, 2_700, days: 90),
            .. Enumerable.Range(0, 8_000).Select(i => app.Share($"net:c{i}", "net:hot", $"c{i}")),
        ];
        await app.SendAsync(items, 1000);
        await app.DrainAsync();
        Interaction[] more =
        [
            .. Enumerable.Range(0, 900).Select(i => app.Share($"net:b{i}", "net:hot", $"b{i}", Math.Max(0, (i % 180) - 90) * 86_400)),
        ];
        await app.SendAsync(more);
        var messages = await app.ReceiveAsync();
        Assert.InRange((await RowsAsync(app, "net:hot")).Count, 101, 200);
        foreach (var message in messages)
            await app.ApplyAsync(message);
        foreach (var message in messages)
            Assert.Equal(0, (await app.ApplyAsync(message)).Applied);
        await ExactlyOnceTests.AssertSameAsync(app, [.. items, .. more]);
    }

    [Fact]
    public async Task Two_hosts_writing_to_a_large_account_at_once_lose_nothing()
    {
        await using var one = new App(azurite);
        await using var other = new App(beside: one);
        Interaction[] items = [.. People(one, 2_400, days: 3)];
        await one.SendAsync(items, 100);
        string[] messages = [.. await one.ReceiveAsync()];
        await Task.WhenAll(ApplyAsync(one, 0), ApplyAsync(other, 1));
        await ExactlyOnceTests.AssertSameAsync(one, items);

        async Task ApplyAsync(App app, int part)
        {
            foreach (var message in messages.Where((_, i) => i % 2 == part))
                for (
                    var round = 0;
                    await Record.ExceptionAsync(() => app.ApplyAsync(message)) is { } busy;
                    round = Eventually.Round(round, "the account is free")
                )
                    Assert.IsType<ContentionException>(busy);
        }
    }

    private static IEnumerable<Interaction> People(App app, int count, int days) =>
        Enumerable.Range(0, count).Select(i => app.Share($"net:a{i}", "net:hot", $"i{i}", (i % days * 86_400) + (i % 3_000)));

    private static async Task<List<TableEntity>> RowsAsync(App app, string account)
    {
        var (keys, id) = (await app.Deployment.AccountKeysAsync(default), AccountId.Parse(account));
        var (partition, key) = (keys.PartitionOf(id), AccountKeys.KeyIn(keys.StateOf(id)).ToString());
        var rows = await app.Deployment.Accounts.QueryAsync<TableEntity>(r => r.PartitionKey == partition).ToListAsync();
        return rows.FindAll(r => r.RowKey.Contains(key, StringComparison.Ordinal));
    }
}
