namespace Influence.Pipeline.Tests.Recompute;

[Collection(AzuriteCollection.Name)]
public sealed class CostTests(TestAzurite azurite)
{
    [Fact]
    public async Task An_ordinary_account_costs_one_read_and_one_write_whatever_its_history()
    {
        await using var app = new App(azurite);
        for (var batch = 0; batch < 5; batch++)
        {
            await app.SendAsync(Enumerable.Range(0, 20).Select(i => app.Share($"net:a{i}", "net:t", $"{batch}/{i}", batch * 86_400)));
            var message = Assert.Single(await app.ReceiveAsync());
            using var count = new StorageCount();
            await app.ApplyAsync(message);
            // Whose votes count is asked once, then not for some seconds.
            Assert.Equal((2, batch == 0 ? 1 : 0, batch == 0 ? 3 : 2), (count["recompute"], count["votes"], count.Total));
        }
    }

    [Fact]
    public async Task A_batch_for_many_accounts_costs_two_requests_each_and_a_few_messages()
    {
        await using var app = new App(azurite);
        await app.Deployment.KeysAsync(default);
        using var count = new StorageCount();
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", $"net:t{i % 290}", $"{i}")));
        Assert.InRange(count["ingest"], 1, 4);
        await app.DrainAsync();
        Assert.Equal(2 * 290, count["recompute"]);
        // Receives and deletes of the four messages, and the receive that finds none.
        Assert.InRange(count["setup"], 1, 9);
    }
}
