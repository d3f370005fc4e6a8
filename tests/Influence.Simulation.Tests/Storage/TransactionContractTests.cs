using Azure;
using Azure.Data.Tables;

namespace Influence.Simulation.Tests.Storage;

/// <summary>Entity group transactions: the same in memory as on Azurite.</summary>
[Collection(StorageCollection.Name)]
public sealed class TransactionContractTests(StorageUnderTest storage)
{
    public static TheoryData<StorageKind> Kinds => TableContractTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task All_of_it_is_written(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        await table.AddEntityAsync(Row("goes"));
        var known = (await table.AddEntityAsync(Row("changes"))).Headers.ETag!.Value;
        var answers = await table.SubmitTransactionAsync([
            new(TableTransactionActionType.Add, Row("comes")),
            new(TableTransactionActionType.UpdateReplace, Row("changes", 2), known),
            new(TableTransactionActionType.UpsertReplace, Row("either", 3)),
            new(TableTransactionActionType.Delete, Row("goes"), ETag.All),
        ]);
        Assert.Equal(4, answers.Value.Count);
        var rows = await table.QueryAsync<TableEntity>().ToDictionaryAsync(r => r.RowKey);
        Assert.Equal(["changes", "comes", "either"], rows.Keys.Order());
        Assert.Equal(
            [rows["comes"].ETag, rows["changes"].ETag, rows["either"].ETag],
            answers.Value.Take(3).Select(a => a.Headers.ETag!.Value)
        );
        Assert.Equal(2, rows["changes"].GetInt32("N"));
    }

    [Theory]
    [InlineData(StorageKind.Memory, "stale", 412, "UpdateConditionNotSatisfied")]
    [InlineData(StorageKind.Azurite, "stale", 412, "UpdateConditionNotSatisfied")]
    [InlineData(StorageKind.Memory, "known", 409, "EntityAlreadyExists")]
    [InlineData(StorageKind.Azurite, "known", 409, "EntityAlreadyExists")]
    [InlineData(StorageKind.Memory, "gone", 404, "ResourceNotFound")]
    [InlineData(StorageKind.Azurite, "gone", 404, "ResourceNotFound")]
    public async Task Nothing_is_written_when_one_action_is_refused(StorageKind kind, string what, int status, string code)
    {
        var table = await storage.TableAsync(kind);
        var stale = (await table.AddEntityAsync(Row("known"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(Row("known", 2), TableUpdateMode.Replace);
        var refused = what switch
        {
            "stale" => new TableTransactionAction(TableTransactionActionType.UpdateReplace, Row("known", 3), stale),
            "known" => new TableTransactionAction(TableTransactionActionType.Add, Row("known", 3)),
            _ => new TableTransactionAction(TableTransactionActionType.Delete, Row("gone"), ETag.All),
        };
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() =>
            table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("first")), refused])
        );
        Assert.Equal((status, code, 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        var row = await table.QueryAsync<TableEntity>().SingleAsync();
        Assert.Equal(("known", 2), (row.RowKey, row.GetInt32("N")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_update_without_a_condition_adds_what_is_missing(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, Row("new"))]);
        Assert.Equal("new", (await table.QueryAsync<TableEntity>().SingleAsync()).RowKey);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Its_limits_are_held(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        await TableContractTests.RefusedAsync(400, "InvalidDuplicateRow", () => table.SubmitTransactionAsync([Add("a"), Add("a")]));
        var large = Enumerable.Range(0, 60).Select(i => Add($"{i:D3}", new byte[60 * 1024]));
        await TableContractTests.RefusedAsync(413, "RequestBodyTooLarge", () => table.SubmitTransactionAsync(large));
        // Azurite's answer to 101 actions is one that the client cannot read.
        var many = Enumerable.Range(0, 101).Select(i => Add($"{i:D3}"));
        await Assert.ThrowsAnyAsync<Exception>(() => table.SubmitTransactionAsync(many));
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
        await table.SubmitTransactionAsync([.. Enumerable.Range(0, 100).Select(i => Add($"{i:D3}"))]);
        await table.SubmitTransactionAsync([.. Enumerable.Range(0, 45).Select(i => Add($"b{i:D3}", new byte[60 * 1024]))]);
    }

    private static TableTransactionAction Add(string row, byte[]? bytes = null) =>
        new(TableTransactionActionType.Add, new TableEntity("p", row) { ["Bytes"] = bytes });

    private static TableEntity Row(string row, int n = 1) => new("p", row) { ["N"] = n };
}
