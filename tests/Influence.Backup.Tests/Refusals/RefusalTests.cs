using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Influence.Storage;

namespace Influence.Backup.Tests.Refusals;

/// <summary>What is refused, each in a sentence and before anything is written.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RefusalTests(TestAzurite azurite) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Copy tables = new(azurite);
    private readonly Copy target = new(azurite);

    public async Task InitializeAsync()
    {
        await tables.CreateAsync();
        await tables.FillAsync(160, 2000);
        await BackupProcess.DoAsync(tables, "export", folder.Path());
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("damaged")]
    public async Task A_bad_file_is_named(string kind)
    {
        var file = folder.Parts()[3];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        if (kind == "missing")
            File.Delete(file);
        else
            await File.WriteAllBytesAsync(file, kind == "cut" ? bytes[..^9] : bytes);
        foreach (var command in new[] { "verify", "import" })
            await RefusesAsync(command, target, Path.GetFileName(file));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(target.LayoutAsync);
    }

    [Theory]
    [InlineData("format", 2, "knows format 1")]
    [InlineData("layout", 4, "layout 4")]
    [InlineData("format", "x", "damaged")]
    [InlineData("tables", 1, "damaged")]
    [InlineData("deployment", "{}", "damaged")]
    public async Task A_foreign_manifest_is_refused(string name, object value, string words)
    {
        await ChangeAsync(json => json[name] = value is int number ? number : (string)value);
        await RefusesAsync("import", target, words);
    }

    [Fact]
    public async Task A_manifest_cannot_lead_out_of_the_folder()
    {
        await ChangeAsync(json => json["tables"]![0]!["files"]![0]!["name"] = "../Accounts-000-000000.ndjson.gz");
        await RefusesAsync("import", target, "a file that no export writes");
    }

    [Fact]
    public async Task Tables_with_rows_are_left_alone()
    {
        var before = await tables.RowsAsync();
        await RefusesAsync("import", tables, "Table Accounts holds rows");
        await target.CreateAsync(seed: 5);
        await RefusesAsync("import", target, "Table Accounts holds rows");
        await RefusesAsync("import", target, "of another deployment", "--replace");
        Assert.Equal(before, await tables.RowsAsync());
        Assert.Single((await target.RowsAsync())[DeploymentTables.Accounts]);
    }

    [Theory]
    [InlineData(DeploymentTables.Accounts)]
    [InlineData(DeploymentTables.Profiles)]
    public async Task Tables_that_no_deployment_claims_are_left_alone(string name)
    {
        // As a wrong prefix, or another program's table of the same name.
        await target.Table(name).CreateAsync();
        await target.Table(name).AddEntityAsync(new TableEntity("other", "row") { ["Text"] = "of somebody else" });

        await RefusesAsync("import", target, $"Table {name} holds rows, and no row says of which deployment", "--replace");

        var rows = new List<string?>();
        await foreach (var row in target.Table(name).QueryAsync<TableEntity>())
            rows.Add(row.GetString("Text"));
        Assert.Equal(["of somebody else"], rows);
    }

    [Fact]
    public async Task An_import_that_was_killed_after_it_deleted_the_tables_goes_on()
    {
        var before = await tables.RowsAsync();
        foreach (var table in DeploymentTables.All.Except(RestoreTarget.KeptTables))
            await tables.Table(table).DeleteAsync();
        await tables.Table(DeploymentTables.Suppressed).AddEntityAsync(new TableEntity("s", "later") { ["V"] = 1 });

        await BackupProcess.DoAsync(tables, "import", folder.Path(), "--replace");

        var after = await tables.RowsAsync();
        Assert.Equal(before[DeploymentTables.Accounts], after[DeploymentTables.Accounts]);
        Assert.Single(after[DeploymentTables.Suppressed]);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_left_alone()
    {
        await RefusesAsync("export", tables, "holds a finished export");
        File.Delete(Path.Combine(folder.Path(), "manifest.json"));
        await RefusesAsync("export", tables, "not empty");
        await RefusesAsync("import", target, "holds no backup");
    }

    [Fact]
    public async Task No_deployment_is_said()
    {
        var (code, output) = await BackupProcess.RunAsync(target, "export", folder.Path("other"));
        Assert.Equal(1, code);
        Assert.Contains("Influence__TablePrefix", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_told_apart()
    {
        Assert.Equal(2, (await BackupProcess.RunAsync(tables, "export")).Code);
        Assert.Equal(2, (await BackupProcess.RunAsync(tables, "export", folder.Path("x"), "--parallel", "0")).Code);
    }

    private async Task RefusesAsync(string command, Copy storage, string words, params string[] options)
    {
        var (code, output) = await BackupProcess.RunAsync(storage, [command, folder.Path(), .. options]);
        Assert.Equal(1, code);
        Assert.StartsWith("Failed: ", output, StringComparison.Ordinal);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private async Task ChangeAsync(Action<JsonNode> change)
    {
        var path = Path.Combine(folder.Path(), "manifest.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        change(json);
        await File.WriteAllTextAsync(path, json.ToJsonString());
    }
}
