using Azure.Data.Tables;
using Influence.Storage;

namespace Influence.Backup.Tests.Restore;

[Collection(AzuriteCollection.Name)]
public sealed class RoundTripTests(TestAzurite azurite) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_type_and_every_key_comes_back_as_it_was()
    {
        var (before, after) = (new Copy(azurite), new Copy(azurite));
        await before.CreateAsync();
        List<TableEntity> written = [.. Keys().Select(k => new TableEntity(k.Partition, k.Row) { ["V"] = 1 }), EveryType(), Largest()];
        foreach (var table in DeploymentTables.All)
        foreach (var row in written)
            await before.Table(table).AddEntityAsync(RowCodec.ForTheClient(new TableEntity(row)));

        await BackupProcess.DoAsync(before, "export", folder.Path());
        Assert.StartsWith("Whole: ", await BackupProcess.DoAsync(before, "verify", folder.Path()), StringComparison.Ordinal);
        await BackupProcess.DoAsync(after, "import", folder.Path());

        Assert.Equal(await before.RowsAsync(), await after.RowsAsync());
        // Not only what the client reads of both, but what was written.
        var rows = (await after.RowsAsync())[DeploymentTables.Audit];
        Assert.Equal(written.Select(Copy.TextOf).Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public async Task An_end_that_was_exported_while_work_waited_is_not_lost_silently()
    {
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        await tables.Queue("interactions").CreateAsync();
        await tables.Queue("interactions").SendMessageAsync("x");

        var (code, refused) = await BackupProcess.RunAsync(tables, "export", folder.Path());
        Assert.Equal(1, code);
        Assert.Contains("1 messages in interactions", refused, StringComparison.Ordinal);
        Assert.Empty(folder.Parts());

        var output = await BackupProcess.DoAsync(tables, "export", folder.Path(), "--live");
        Assert.Contains("Not in the backup: 1 messages in interactions", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_erased_and_the_audit_of_after_the_backup_stay()
    {
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        await tables.Table(DeploymentTables.Suppressed).AddEntityAsync(new TableEntity("s", "a") { ["V"] = 1 });
        await tables.Table(DeploymentTables.Audit).AddEntityAsync(new TableEntity("202601", "a") { ["What"] = "before" });
        await tables.Table(DeploymentTables.Journal).AddEntityAsync(new TableEntity("20260101", "a") { ["V"] = 1 });
        await BackupProcess.DoAsync(tables, "export", folder.Path());
        var before = await tables.RowsAsync();
        await tables.Table(DeploymentTables.Journal).AddEntityAsync(new TableEntity("20260101", "b") { ["V"] = 1 });
        await tables.Table(DeploymentTables.Suppressed).AddEntityAsync(new TableEntity("s", "b") { ["V"] = 1 });
        await tables.Table(DeploymentTables.Audit).AddEntityAsync(new TableEntity("202601", "b") { ["What"] = "after" });

        var output = await BackupProcess.DoAsync(tables, "import", folder.Path(), "--replace");

        Assert.Contains("Kept in Suppressed: 1 rows", output, StringComparison.Ordinal);
        var after = await tables.RowsAsync();
        Assert.Contains("Kept in Audit: 1 rows", output, StringComparison.Ordinal);
        Assert.Equal(2, after[DeploymentTables.Suppressed].Count);
        Assert.Equal(2, after[DeploymentTables.Audit].Count);
        foreach (var table in DeploymentTables.All.Except(RestoreTarget.KeptTables))
            Assert.Equal(before[table], after[table]);
    }

    [Fact]
    public async Task Only_the_owner_can_read_a_backup()
    {
        var tables = new Copy(azurite);
        await tables.CreateAsync();
        var output = await BackupProcess.DoAsync(tables, "export", folder.Path());
        Assert.DoesNotContain(Copy.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), output, StringComparison.Ordinal);
        var files = Directory.GetFiles(folder.Path());
        Assert.Contains(files, f => f.EndsWith("manifest.json", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.EndsWith(".tmp", StringComparison.Ordinal) || f.EndsWith(".lock", StringComparison.Ordinal));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path()));
        foreach (var file in files)
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
    }

    private static IEnumerable<(string Partition, string Row)> Keys()
    {
        string[] texts =
        [
            "",
            " ",
            "a",
            "A",
            "é",
            "名前",
            "😀",
            "a'b",
            "a\"b",
            "a|b",
            "a&b=c",
            "%2F",
            "a+b",
            "\u202e",
            new string('k', 250),
            "~",
        ];
        return texts.SelectMany(partition => texts.Select(row => (partition, row)));
    }

    private static TableEntity EveryType() =>
        new("types", "all")
        {
            ["Text"] = "line\nline\t\"quoted\" 名前 😀 \u2028",
            ["Empty"] = "",
            ["LooksLikeAMoment"] = "2026-01-31T12:00:00Z",
            ["LooksLikeANumber"] = "12",
            ["Yes"] = true,
            ["No"] = false,
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["SmallLong"] = 1L,
            ["Double"] = 0.1 + 0.2,
            ["WholeDouble"] = 1.0,
            ["LargeDouble"] = 1e300,
            ["TinyDouble"] = double.Epsilon,
            ["NaN"] = double.NaN,
            ["Infinity"] = double.PositiveInfinity,
            ["MinusInfinity"] = double.NegativeInfinity,
            ["Bytes"] = (byte[])[0, 255, 10],
            ["NoBytes"] = Array.Empty<byte>(),
            ["Moment"] = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddTicks(1_234_567),
            ["WholeMoment"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["Guid"] = Guid.Parse("7d1ee1b5-5c8b-4d0e-9c0b-0123456789ab"),
        };

    // As large as the app writes them: Azurite counts the service's 1 MiB in base64.
    private static TableEntity Largest()
    {
        var row = new TableEntity("types", "large");
        for (var i = 0; i < 12; i++)
            row[$"B{i}"] = Enumerable.Range(0, 60 * 1024).Select(b => (byte)(b * i)).ToArray();
        return row;
    }
}
