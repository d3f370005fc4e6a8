namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class CostTests(TestAzurite azurite)
{
    [Fact]
    public async Task An_ordinary_account_costs_one_write_and_its_message_another_and_no_read_whatever_its_history()
    {
        await using var app = new App(azurite);
        for (var batch = 0; batch < 5; batch++)
        {
            await app.SendAsync(Enumerable.Range(0, 20).Select(i => app.Share($"net:a{i}", "net:t", $"{batch}/{i}", batch * 86_400)));
            var message = Assert.Single(await app.ReceiveAsync());
            using var count = new StorageCount();
            await app.ApplyAsync(message);
            // Whose votes count is asked once, then not for some seconds.
            Assert.Equal((1, 1, batch == 0 ? 1 : 0), (count["recompute"], count["journal"], count["votes"]));
            Assert.Equal(batch == 0 ? 3 : 2, count.Total);
        }
    }

    [Theory]
    [InlineData("64")]
    [InlineData("0")]
    public async Task A_batch_for_many_accounts_costs_a_transaction_a_partition_and_one_message(string megabytes)
    {
        await using var app = new App(azurite, settings: ("Influence:AccountCacheMegabytes", megabytes));
        await app.Deployment.KeysAsync(default);
        using var count = new StorageCount();
        for (var batch = 0; batch < 2; batch++)
        {
            await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", $"net:t{i % 290}", $"{batch}/{i}")));
            await app.DrainAsync();
        }

        Assert.Equal(2, count["ingest"]);
        // Without a cache the second batch's guesses are refused once a partition, then all of its accounts are read.
        Assert.InRange(count["recompute"], 16, megabytes == "0" ? 32 + 16 + 290 : 32);
        // What the actors did is a row more a message.
        Assert.Equal(2, count["journal"]);
        // A receive and a delete of each message, and the receives that find none.
        Assert.InRange(count["setup"], 4, 8);
    }
}
