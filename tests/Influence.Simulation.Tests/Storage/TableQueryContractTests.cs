using Azure.Data.Tables;

namespace Influence.Simulation.Tests.Storage;

/// <summary>Filters, order, columns and pages: the same in memory as on Azurite.</summary>
[Collection(StorageCollection.Name)]
public sealed class TableQueryContractTests(StorageUnderTest storage)
{
    public static TheoryData<StorageKind> Kinds => TableContractTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_come_in_ordinal_order(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        string[] keys = ["b", "B", "a", "a|1", "a}", "a|", "0", "10", "9", "~", "_"];
        foreach (var key in keys)
        foreach (var row in keys)
            await table.AddEntityAsync(new TableEntity(key, row));
        var read = await table.QueryAsync<TableEntity>().Select(r => (r.PartitionKey, r.RowKey)).ToListAsync();
        var sorted = keys.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(sorted.SelectMany(p => sorted.Select(r => (p, r))), read);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Filters_choose_by_key_and_by_column(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
            await table.AddEntityAsync(
                new TableEntity($"p{i / 10}", $"r{i:D2}")
                {
                    ["N"] = i,
                    ["Long"] = (long)i,
                    ["At"] = noon.AddHours(i),
                    ["Name"] = $"it's {i:D2}",
                    ["Even"] = i % 2 == 0,
                }
            );
        await table.AddEntityAsync(new TableEntity("p2", "bare"));
        var (from, to, at) = ("r05", "r12", noon.AddHours(3));
        await FindsAsync($"PartitionKey eq {"p0"}", 10);
        await FindsAsync($"PartitionKey ge {"p0"} and PartitionKey lt {"p1"}", 10);
        await FindsAsync($"PartitionKey gt {"p0"} and PartitionKey le {"p1"}", 10);
        await FindsAsync($"PartitionKey eq {"p0"} and RowKey ge {from} and RowKey lt {to}", 5);
        await FindsAsync($"RowKey gt {from} and RowKey le {to}", 7);
        await FindsAsync($"PartitionKey ge {"p0"} and PartitionKey lt {"p9"} and RowKey ge {from} and RowKey lt {to}", 7);
        await FindsAsync($"At lt {at}", 3);
        await FindsAsync($"N ge {18}", 2);
        await FindsAsync($"N ne {1}", 19);
        await FindsAsync($"Long eq {7L}", 1);
        await FindsAsync($"Name eq {"it's 04"}", 1);
        await FindsAsync($"Even eq {true}", 10);
        await FindsAsync($"Even eq {true} and (N lt {2} or N gt {17})", 2);
        await FindsAsync($"not (N lt {19}) and PartitionKey eq {"p1"}", 1);

        async Task FindsAsync(FormattableString filter, int count)
        {
            var found = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)).CountAsync();
            Assert.True(count == found, $"{filter}: {found} instead of {count}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Select_brings_what_it_names_and_the_etag(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });
        var whole = await table.QueryAsync<TableEntity>().SingleAsync();
        var part = await table.QueryAsync<TableEntity>(select: ["A", "Missing"]).SingleAsync();
        Assert.Equal((1, null, null), (part.GetInt32("A"), part.GetInt32("B"), part.GetInt32("Missing")));
        Assert.Equal(whole.ETag, part.ETag);
        var keys = await table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]).SingleAsync();
        Assert.Equal(("p", "r", null), (keys.PartitionKey, keys.RowKey, keys.GetInt32("A")));
        var one = (await table.GetEntityIfExistsAsync<TableEntity>("p", "r", ["B"])).Value!;
        Assert.Equal((null, 2, whole.ETag), (one.GetInt32("A"), one.GetInt32("B"), one.ETag));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_go_on_where_the_one_before_ended(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        for (var i = 0; i < 7; i++)
            await table.AddEntityAsync(new TableEntity($"p{i / 3}", $"r{i}"));
        var pages = new List<int>();
        string? token = null;
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages())
        {
            pages.Add(page.Values.Count);
            token ??= page.ContinuationToken;
        }

        Assert.Equal([3, 3, 1], pages);
        // A row that goes and one that comes between two pages: neither is skipped over, nor comes twice.
        await table.DeleteEntityAsync("p1", "r3");
        await table.AddEntityAsync(new TableEntity("p1", "r35"));
        var rest = table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(token).SelectMany(p => p.Values.ToAsyncEnumerable());
        Assert.Equal(["r35", "r4", "r5", "r6"], await rest.Select(r => r.RowKey).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_holds_a_thousand_rows(StorageKind kind)
    {
        var table = await storage.TableAsync(kind);
        for (var i = 0; i < 11; i++)
            await table.SubmitTransactionAsync(
                Enumerable
                    .Range(0, 100)
                    .Select(j => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:D2}-{j:D2}")))
            );
        Assert.Equal([1000, 100], await table.QueryAsync<TableEntity>().AsPages().Select(p => p.Values.Count).ToListAsync());
    }
}
