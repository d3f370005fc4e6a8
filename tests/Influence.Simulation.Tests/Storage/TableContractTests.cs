using Azure;
using Azure.Data.Tables;

namespace Influence.Simulation.Tests.Storage;

/// <summary>A table in memory does what Azurite's does, so that a test on either says the same.</summary>
[Collection(StorageCollection.Name)]
public sealed class TableContractTests(StorageUnderTest storage)
{
    public static TheoryData<StorageKind> Kinds => [StorageKind.Memory, StorageKind.Azurite];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_type_comes_back_as_it_was(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        var row = new TableEntity("p", "r")
        {
            ["Int"] = 7,
            ["Long"] = 1L << 40,
            ["WholeDouble"] = 3.0,
            ["Double"] = 0.1,
            ["Bool"] = true,
            ["Text"] = "it's ünï",
            ["Empty"] = "",
            ["Bytes"] = new byte[] { 1, 2, 3 },
            ["Moment"] = new DateTimeOffset(2026, 11, 20, 12, 0, 0, 123, TimeSpan.FromHours(2)).AddTicks(4),
            ["Guid"] = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]),
            ["Nothing"] = null,
        };
        await table.AddEntityAsync(row);
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(7, Assert.IsType<int>(read["Int"]));
        Assert.Equal(1L << 40, Assert.IsType<long>(read["Long"]));
        Assert.Equal(3.0, Assert.IsType<double>(read["WholeDouble"]));
        Assert.Equal(0.1, Assert.IsType<double>(read["Double"]));
        Assert.True(Assert.IsType<bool>(read["Bool"]));
        Assert.Equal("it's ünï", Assert.IsType<string>(read["Text"]));
        Assert.Equal("", Assert.IsType<string>(read["Empty"]));
        Assert.Equal([1, 2, 3], Assert.IsType<byte[]>(read["Bytes"]));
        var moment = Assert.IsType<DateTimeOffset>(read["Moment"]);
        Assert.Equal((row.GetDateTimeOffset("Moment"), TimeSpan.Zero), (moment, moment.Offset));
        Assert.Equal(row["Guid"], Assert.IsType<Guid>(read["Guid"]));
        Assert.False(read.ContainsKey("Nothing"));
        Assert.Null(read.GetInt32("Missing"));
        Assert.Equal(("p", "r"), (read.PartitionKey, read.RowKey));
        Assert.NotNull(read.Timestamp);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_row_shares_nothing_with_what_was_written_or_read(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        var (row, bytes) = (new TableEntity("p", "r"), new byte[] { 1 });
        row["Bytes"] = bytes;
        await table.AddEntityAsync(row);
        (bytes[0], row["More"]) = (2, 1);
        var first = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        first.GetBinary("Bytes")[0] = 3;
        var second = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal([1], second.GetBinary("Bytes"));
        Assert.False(second.ContainsKey("More"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_write_changes_the_etag_and_answers_with_it(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        var row = new TableEntity("p", "r") { ["N"] = 1 };
        var tags = new List<ETag?>
        {
            (await table.AddEntityAsync(row)).Headers.ETag,
            (await table.UpsertEntityAsync(row, TableUpdateMode.Replace)).Headers.ETag,
            (await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace)).Headers.ETag,
            (await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, row)])).Value[0].Headers.ETag,
        };
        Assert.Equal(4, tags.Distinct().Count());
        Assert.Equal(tags[3], (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag);
        Assert.NotNull((await table.UpsertEntityAsync(row, TableUpdateMode.Replace)).Headers.Date);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Conditions_are_held(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        var row = new TableEntity("p", "r") { ["N"] = 1 };
        var old = (await table.AddEntityAsync(row)).Headers.ETag!.Value;
        await RefusedAsync(409, "EntityAlreadyExists", () => table.AddEntityAsync(row));
        row["N"] = 2;
        var fresh = (await table.UpdateEntityAsync(row, old, TableUpdateMode.Replace)).Headers.ETag!.Value;
        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => table.UpdateEntityAsync(row, old, TableUpdateMode.Replace));
        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => table.DeleteEntityAsync("p", "r", old));
        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r", fresh)).Status);
        await RefusedAsync(404, "ResourceNotFound", () => table.UpdateEntityAsync(row, fresh, TableUpdateMode.Replace));
        await RefusedAsync(404, "ResourceNotFound", () => table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r")).Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_merge_keeps_what_it_does_not_name(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 3 }, TableUpdateMode.Merge);
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["C"] = 4 }, ETag.All, TableUpdateMode.Merge);
        var merged = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((1, 3, 4), (merged.GetInt32("A"), merged.GetInt32("B"), merged.GetInt32("C")));
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["D"] = 5 }, TableUpdateMode.Replace);
        var replaced = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((null, 5), (replaced.GetInt32("A"), replaced.GetInt32("D")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_its_table_nothing_is_written(StorageKind kind)
    {
        var table = storage.NewTable(kind);
        var row = new TableEntity("p", "r") { ["N"] = 1 };
        await RefusedAsync(404, "TableNotFound", () => table.AddEntityAsync(row));
        await RefusedAsync(404, "TableNotFound", () => table.UpsertEntityAsync(row));
        await RefusedAsync(404, "TableNotFound", () => table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r")).Status);
        await RefusedAsync(404, "TableNotFound", async () => await table.QueryAsync<TableEntity>().ToListAsync());
        Assert.Equal(204, (await table.CreateIfNotExistsAsync()).GetRawResponse().Status);
        Assert.Equal(409, (await table.CreateIfNotExistsAsync()).GetRawResponse().Status);
        await table.AddEntityAsync(row);
        await table.DeleteAsync();
        await RefusedAsync(404, "TableNotFound", () => table.AddEntityAsync(row));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Limits_are_held(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        TableEntity With(object value) => new("p", "r") { ["Value"] = value };
        await table.UpsertEntityAsync(With(new byte[64 * 1024]));
        await table.UpsertEntityAsync(With(new string('x', 32 * 1024)));
        await RefusedAsync(400, "PropertyValueTooLarge", () => table.UpsertEntityAsync(With(new byte[(64 * 1024) + 1])));
        await RefusedAsync(400, "PropertyValueTooLarge", () => table.UpsertEntityAsync(With(new string('x', (32 * 1024) + 1))));
        var large = new TableEntity("p", "r");
        for (var i = 0; i < 17; i++)
            large[$"B{i}"] = new byte[63 * 1024];
        await RefusedAsync(400, "EntityTooLarge", () => table.UpsertEntityAsync(large));
        await table.UpsertEntityAsync(new TableEntity(new string('k', 512), "r"));
        await RefusedAsync(400, null, () => table.AddEntityAsync(new TableEntity(new string('k', 513), "r")));
        foreach (var key in new[] { "a/b", "a\\b", "a#b", "a?b", "a\tb", "a\u0085b" })
            await RefusedAsync(400, null, () => table.AddEntityAsync(new TableEntity("p", key)));
    }

    // Azure's documented rules that Azurite does not hold rows to.
    [Fact]
    public async Task In_memory_the_rules_are_azures_where_azurite_is_lax()
    {
        var table = await storage.TableAsync(StorageKind.Memory);
        var wide = new TableEntity("p", "wide");
        for (var i = 0; i < 252; i++)
            wide[$"N{i}"] = i;
        await table.UpsertEntityAsync(wide);
        wide["OneMore"] = 1;
        await RefusedAsync(400, "TooManyProperties", () => table.UpsertEntityAsync(wide));
        await RefusedAsync(400, "PropertyNameInvalid", () => table.UpsertEntityAsync(new TableEntity("p", "r") { ["a-b"] = 1 }));
        await RefusedAsync(400, "OutOfRangeInput", () => table.UpsertEntityAsync(new TableEntity("a/b", "r")));
        await RefusedAsync(
            400,
            "CommandsInBatchActOnDifferentPartitions",
            () =>
                table.SubmitTransactionAsync([
                    new(TableTransactionActionType.Add, new TableEntity("p", "a")),
                    new(TableTransactionActionType.Add, new TableEntity("q", "b")),
                ])
        );
        await Assert.ThrowsAsync<NotSupportedException>(() => table.CreateAsync());
    }

    /// <param name="status">The status.</param>
    /// <param name="code">The error code; null where the two differ.</param>
    /// <param name="call">What is refused.</param>
    internal static async Task RefusedAsync(int status, string? code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal((status, code ?? refusal.ErrorCode), (refusal.Status, refusal.ErrorCode));
    }
}
