using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Settle;

/// <summary>Scans over accounts whose rows are not what was written.</summary>
public sealed class DamagedAccountTests
{
    private static readonly ShardRange Everyone = new(0, 1);

    [Fact]
    public async Task A_damaged_account_is_left_out_and_many_stop_the_settlement()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 30).Select(i => app.Share("net:a", $"net:t{i}")));
        await app.DrainAsync();
        await DamageAsync(app, "net:t3", AccountRow.Summary);
        var shards = await AccountShardsTests.ShardsAsync(app);
        Assert.Equal(29, await shards.DocumentsAsync(Everyone, default).CountAsync());
        Assert.Equal(29, await shards.WithTiesAsync(Everyone, default).CountAsync());
        await app.PublishAsync();
        Assert.Equal(29, (await app.Get<BoardQueries>().FindAsync("global", null, 100, 0, default))!.Total);

        await DamageAsync(app, "net:t4", AccountRow.Account);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await shards.DocumentsAsync(Everyone, default).CountAsync());
    }

    [Fact]
    public async Task An_account_that_lacks_a_page_is_left_out()
    {
        await using var app = new App();
        await app.SendAsync([.. Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:hot")), app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        var row = await app.StateRowAsync("net:hot");
        await app.Deployment.Accounts.DeleteEntityAsync(row.PartitionKey, await app.TiesRowAsync("net:hot"));
        var shards = await AccountShardsTests.ShardsAsync(app);
        Assert.Equal("net:t", (await shards.DocumentsAsync(Everyone, default).SingleAsync()).State.Account.Value);
        Assert.Equal("net:t", (await shards.WithTiesAsync(Everyone, default).SingleAsync()).Account.Value);
    }

    private static async Task DamageAsync(App app, string account, string column)
    {
        var row = await app.StateRowAsync(account);
        if (column == AccountRow.Summary)
            row.GetBinary(column)[9] ^= 1;
        else
            row[column] = "nobody";
        await app.Deployment.Accounts.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }
}
