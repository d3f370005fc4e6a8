using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Recompute;

public sealed class DamagedRowTests
{
    [Theory]
    [InlineData("Summary", "flip")]
    [InlineData("Summary", "cut")]
    [InlineData("Summary", "gone")]
    [InlineData("Ties", "flip")]
    [InlineData("Ties", "cut")]
    [InlineData("Ledger", "flip")]
    [InlineData("Ledger", "cut")]
    [InlineData("V", "newer")]
    public async Task A_damaged_row_is_told_and_the_other_accounts_are_written_anyway(string column, string damage)
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 5).Select(i => app.Share($"net:a{i}", "net:t")));
        await app.DrainAsync();
        var damaged = await DamageAsync(app, "net:t", "state", column, damage);

        await app.SendAsync(Enumerable.Range(0, 40).Select(i => app.Share("net:fan", i == 20 ? "net:t" : $"net:o{i}")));
        var failures = 0;
        foreach (var message in await app.ReceiveAsync())
            if (await Record.ExceptionAsync(() => app.ApplyAsync(message)) is { } failure)
                failures += failure is AccountsFailedException { Accounts: [{ Cause: PageException }] } ? 1 : 100;
        Assert.Equal(1, failures);
        for (var i = 0; i < 40; i++)
            if (i != 20)
                Assert.Equal(1, (await app.CardAsync($"net:o{i}"))!.Coverage.People);

        // What cannot be read is not written over.
        Assert.Equal(damaged, (await app.StateRowAsync("net:t")).ETag);
    }

    [Fact]
    public async Task A_damaged_page_row_is_told()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:t")));
        await app.DrainAsync();
        var damaged = await DamageAsync(app, "net:t", await app.TiesRowAsync("net:t"), "Page", "flip");
        await app.SendAsync([app.Share("net:b", "net:t")]);
        var message = Assert.Single(await app.ReceiveAsync());
        await using var cold = new App(beside: app);
        var failure = await Assert.ThrowsAsync<AccountsFailedException>(() => cold.ApplyAsync(message));
        Assert.IsType<PageCorruptException>(Assert.Single(failure.Accounts).Cause);
        // The card needs no page.
        Assert.Equal(1000, (await app.CardAsync("net:t"))!.Coverage.People);
        Assert.NotEqual(default, damaged);
    }

    [Fact]
    public async Task A_page_row_that_is_missing_is_damage_and_no_contention()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:t")));
        await app.DrainAsync();
        await app.Deployment.Accounts.DeleteEntityAsync((await app.StateRowAsync("net:t")).PartitionKey, await app.TiesRowAsync("net:t"));
        await app.SendAsync([app.Share("net:b", "net:t")]);
        await using var cold = new App(beside: app);
        var failure = await Assert.ThrowsAsync<AccountsFailedException>(async () =>
            await cold.ApplyAsync((await app.ReceiveAsync()).Single())
        );
        Assert.IsType<PageMismatchException>(Assert.Single(failure.Accounts).Cause);
    }

    [Fact]
    public async Task Rows_of_another_account_are_not_taken_for_this_ones()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t"), app.Share("net:b", "net:u")]);
        await app.DrainAsync();
        var row = await app.StateRowAsync("net:t");
        var other = await app.StateRowAsync("net:u");
        (row.PartitionKey, row.RowKey) = (other.PartitionKey, other.RowKey);
        await app.Deployment.Accounts.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        await Assert.ThrowsAsync<PageCorruptException>(() => app.CardAsync("net:u"));
    }

    internal static async Task<ETag> DamageAsync(App app, string account, string rowKey, string column, string damage)
    {
        var row = await app.StateRowAsync(account);
        if (rowKey != "state")
            row = (await app.Deployment.Accounts.GetEntityAsync<TableEntity>(row.PartitionKey, rowKey)).Value;
        var bytes = damage == "newer" ? [] : row.GetBinary(column);
        if (damage == "newer")
            row[column] = 99;
        else if (damage == "gone")
            row.Remove(column);
        else if (damage == "cut")
            row[column] = bytes[..(bytes.Length / 2)];
        else
        {
            bytes[^3] ^= 1;
            row[column] = bytes;
        }

        return (await app.Deployment.Accounts.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace)).Headers.ETag!.Value;
    }
}
