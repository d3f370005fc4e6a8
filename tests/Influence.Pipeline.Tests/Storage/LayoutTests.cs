using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class LayoutTests(TestAzurite azurite)
{
    [Fact]
    public async Task State_rows_of_a_new_deployment_have_keys_of_their_own()
    {
        await using var app = new App(azurite);
        var rows = await FillAsync(app);
        Assert.Equal(30, rows.Distinct().Count());
        Assert.All(rows, r => Assert.Matches("^state\\|[0-9a-f]{16}$", r));
    }

    [Fact]
    public async Task A_deployment_of_layout_1_goes_on_with_one_key_for_all()
    {
        await using var app = new App(azurite, null, null, ("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"));
        await KeysAsync(app, 1);
        Assert.All(await FillAsync(app), r => Assert.Equal("state", r));
        await app.PublishAsync();
        Assert.Equal(30, (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!.Total);
        Assert.Equal(3, (await app.CardAsync("net:t7"))!.Coverage.People);
        var report = await app.Get<AccountVerifier>().RunAsync(new VerifyRequest([], 100), default);
        Assert.Equal((30, 0), (report.Checked, report.DriftedAccounts));
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_left_alone()
    {
        await using var app = new App(azurite);
        await KeysAsync(app, AccountKeys.Layout + 1);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await app.Deployment.KeysAsync(default));
        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task KeysAsync(App app, int layout)
    {
        await app.Deployment.Accounts.CreateIfNotExistsAsync();
        await app.Deployment.Accounts.AddEntityAsync(new TableEntity("deployment", "keys") { ["Seed"] = 7L, ["LayoutVersion"] = layout });
    }

    private static async Task<List<string>> FillAsync(App app)
    {
        await app.SendAsync(Enumerable.Range(0, 90).Select(i => app.Share($"net:a{i}", $"net:t{i % 30}")));
        await app.DrainAsync();
        return
        [
            .. (await app.Deployment.Accounts.QueryAsync<TableEntity>(r => r.PartitionKey != "deployment").ToListAsync()).Select(r =>
                r.RowKey
            ),
        ];
    }
}
