using Azure.Data.Tables;
using Influence.Storage;

namespace Influence.Backup.Tests.Restore;

/// <summary>Exports and imports that are killed, and go on.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class KillTests(TestAzurite azurite) : IDisposable
{
    private const int Accounts = 3200;
    private const int Bytes = 8000;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_killed_export_goes_on_and_has_the_same_rows()
    {
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        await tables.FillAsync(Accounts, Bytes);
        await BackupProcess.DoAsync(tables, "export", folder.Path("whole"));

        string[] export = ["export", folder.Path(), "--file-megabytes", "1", "--parallel", "2"];
        using (var process = BackupProcess.Start(tables, export))
        {
            await Eventually.HoldsAsync("three files are whole", () => folder.Parts().Length >= 3, every: Soon);
            Eventually.Kill(process, "the export");
        }

        Assert.False(File.Exists(Path.Combine(folder.Path(), "manifest.json")));
        foreach (var command in new[] { "verify", "import" })
        {
            var (code, refused) = await BackupProcess.RunAsync(new Copy(azurite), command, folder.Path());
            Assert.Equal(1, code);
            Assert.Contains("has not ended: run it again", refused, StringComparison.Ordinal);
        }

        Assert.Contains("Going on: ", await BackupProcess.DoAsync(tables, export), StringComparison.Ordinal);
        await BackupProcess.DoAsync(tables, "verify", folder.Path());
        var (whole, resumed) = (folder.Lines("whole"), folder.Lines());
        foreach (var table in DeploymentTables.All)
            Assert.Equal(whole[table].Order(StringComparer.Ordinal), resumed[table].Order(StringComparer.Ordinal));
        Assert.Equal(Accounts + 1, resumed[DeploymentTables.Accounts].Count());
    }

    [Fact]
    public async Task A_file_that_is_gone_before_the_export_goes_on_is_made_again()
    {
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        await tables.FillAsync(Accounts, Bytes);
        string[] export = ["export", folder.Path(), "--file-megabytes", "1", "--parallel", "1"];
        using (var process = BackupProcess.Start(tables, export))
        {
            await Eventually.HoldsAsync("four files are whole", () => folder.Parts().Length >= 4, every: Soon);
            Eventually.Kill(process, "the export");
        }

        Assert.False(File.Exists(Path.Combine(folder.Path(), "manifest.json")));
        File.Delete(folder.Parts()[0]);
        await File.WriteAllTextAsync(folder.Parts()[1], "damaged");
        // As a kill in the middle of a line leaves it.
        await File.AppendAllTextAsync(Path.Combine(folder.Path(), "export.ndjson"), "{\"table\":\"Acc");

        await BackupProcess.DoAsync(tables, export);

        await BackupProcess.DoAsync(tables, "verify", folder.Path());
        Assert.Equal(Accounts + 1, folder.Lines()[DeploymentTables.Accounts].Distinct().Count());
    }

    [Fact]
    public async Task A_killed_import_goes_on_and_no_app_takes_half_of_it()
    {
        var (before, after) = (new Copy(azurite), new Copy(azurite));
        await before.CreateAsync();
        await before.FillAsync(Accounts, Bytes);
        await BackupProcess.DoAsync(before, "export", folder.Path(), "--file-megabytes", "1");
        using (var process = BackupProcess.Start(after, "import", folder.Path(), "--parallel", "1"))
        {
            await Eventually.HoldsAsync("three files are done", async () => await MarksAsync(after) >= 3, every: Soon);
            Eventually.Kill(process, "the import");
        }

        Assert.Equal(DeploymentTables.RestoringLayout, await after.LayoutAsync());
        var (code, refused) = await BackupProcess.RunAsync(after, "export", folder.Path("half"));
        Assert.Equal(1, code);
        Assert.Contains("has not ended", refused, StringComparison.Ordinal);

        Assert.Contains("Going on: ", await BackupProcess.DoAsync(after, "import", folder.Path()), StringComparison.Ordinal);
        Assert.Equal(await before.RowsAsync(), await after.RowsAsync());
        Assert.Equal(DeploymentTables.Layout, await after.LayoutAsync());
    }

    [Fact]
    public async Task Rows_of_others_in_a_restore_are_found_and_only_deleting_them_helps()
    {
        var (before, after) = (new Copy(azurite), new Copy(azurite));
        await before.CreateAsync();
        await before.FillAsync(Accounts, Bytes);
        await BackupProcess.DoAsync(before, "export", folder.Path(), "--file-megabytes", "1");
        using (var process = BackupProcess.Start(after, "import", folder.Path(), "--parallel", "1"))
        {
            await Eventually.HoldsAsync("two files are done", async () => await MarksAsync(after) >= 2, every: Soon);
            Eventually.Kill(process, "the import");
        }

        await after.Table(DeploymentTables.Journal).AddEntityAsync(new TableEntity("20260101", "other"));
        Assert.Contains("something else writes there", await RefusedAsync("import"), StringComparison.Ordinal);
        Assert.Contains("half of another restore", await RefusedAsync("import"), StringComparison.Ordinal);
        Assert.Equal(DeploymentTables.RestoringLayout, await after.LayoutAsync());

        await BackupProcess.DoAsync(after, "import", folder.Path(), "--replace");
        Assert.Equal(await before.RowsAsync(), await after.RowsAsync());

        async Task<string> RefusedAsync(string command)
        {
            var (code, output) = await BackupProcess.RunAsync(after, command, folder.Path());
            Assert.Equal(1, code);
            return output;
        }
    }

    [Fact]
    public async Task Ctrl_C_ends_in_order()
    {
        if (OperatingSystem.IsWindows())
            return;
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        await tables.FillAsync(Accounts, Bytes);
        string[] export = ["export", folder.Path(), "--file-megabytes", "1", "--parallel", "1"];
        using (var process = BackupProcess.Start(tables, export))
        {
            await Eventually.HoldsAsync("two files are whole", () => folder.Parts().Length >= 2, every: Soon);
            using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
                await Eventually.EndsAsync(kill, "kill");
            await Eventually.EndsAsync(process, "the export after SIGINT");
            Assert.Equal(1, process.ExitCode);
            Assert.Contains("goes on from here", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        }

        await BackupProcess.DoAsync(tables, export);
        Assert.Equal(Accounts + 1, folder.Lines()[DeploymentTables.Accounts].Distinct().Count());
    }

    private static async Task<int> MarksAsync(Copy tables)
    {
        try
        {
            var rows = tables.Table(DeploymentTables.Accounts).QueryAsync<TableEntity>(r => r.PartitionKey == DeploymentTables.Partition);
            var marks = 0;
            await foreach (var row in rows)
                marks += RestoreTarget.IsMark(row) ? 1 : 0;
            return marks;
        }
        catch (Azure.RequestFailedException e) when (e.Status == 404)
        {
            return 0;
        }
    }
}
