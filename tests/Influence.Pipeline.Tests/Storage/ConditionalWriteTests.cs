using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class ConditionalWriteTests(TestAzurite azurite)
{
    [Fact]
    public async Task Only_who_saw_the_latest_row_writes()
    {
        await using var app = new App(azurite);
        await app.Deployment.KeysAsync(default);
        var (table, row) = (app.Deployment.Journal, new TableEntity("p", "r"));
        Assert.True(await table.TryWriteAsync(row, null, default));
        Assert.False(await table.TryWriteAsync(row, null, default));
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.True(await table.TryWriteAsync(row, read.ETag, default));
        Assert.False(await table.TryWriteAsync(row, read.ETag, default));
        await table.DeleteEntityAsync("p", "r");
        Assert.False(await table.TryWriteAsync(row, read.ETag, default));
    }

    [Fact]
    public async Task Without_a_table_it_is_an_error_and_not_somebody_elses_write()
    {
        await using var app = new App(azurite);
        var table = app.Deployment.Journal;
        await Assert.ThrowsAsync<RequestFailedException>(() => table.TryWriteAsync(new TableEntity("p", "r"), null, default));
        await Assert.ThrowsAsync<RequestFailedException>(() =>
            table.TryWriteAsync(new TableEntity("p", "r"), new ETag("W/\"x\""), default)
        );
    }
}
