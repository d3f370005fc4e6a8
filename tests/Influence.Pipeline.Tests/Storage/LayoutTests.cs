using Azure.Data.Tables;
using Influence.Storage;

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
        Assert.All(rows, r => Assert.Matches("^s\\|[0-9a-f]{32}$", r));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Tables_of_a_layout_that_was_never_released_are_refused_with_what_to_do(int layout)
    {
        await using var app = new App(azurite);
        await KeysAsync(app, layout);
        var refusal = await Assert.ThrowsAsync<DeploymentRefusedException>(async () => await app.Deployment.KeysAsync(default));
        Assert.Contains("Influence__TablePrefix", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_left_alone()
    {
        await using var app = new App(azurite);
        await KeysAsync(app, AccountKeys.Layout + 1);
        var refusal = await Assert.ThrowsAsync<DeploymentRefusedException>(async () => await app.Deployment.KeysAsync(default));
        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_into_which_a_backup_is_being_restored_are_left_alone()
    {
        await using var app = new App(azurite);
        await KeysAsync(app, DeploymentTables.RestoringLayout);
        var refusal = await Assert.ThrowsAsync<DeploymentRefusedException>(async () => await app.Deployment.KeysAsync(default));
        Assert.Contains("run the import to its end", refusal.Message, StringComparison.Ordinal);
    }

    // A backup copies the tables of this list.
    [Fact]
    public async Task The_list_of_tables_names_each_of_them()
    {
        await using var app = new App(azurite);
        var prefix = app.Deployment.Accounts.Name[..^DeploymentTables.Accounts.Length];
        var properties = typeof(Deployment).GetProperties().Where(p => p.PropertyType == typeof(TableClient));
        Assert.Equal(
            DeploymentTables.All.Select(t => prefix + t).Order(StringComparer.Ordinal),
            properties.Select(p => ((TableClient)p.GetValue(app.Deployment)!).Name).Order(StringComparer.Ordinal)
        );
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
