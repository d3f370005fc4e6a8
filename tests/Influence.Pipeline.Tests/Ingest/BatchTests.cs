namespace Influence.Pipeline.Tests.Ingest;

public sealed class BatchTests
{
    [Fact]
    public async Task The_good_go_on_and_the_bad_are_named_by_place_and_id()
    {
        await using var app = new App();
        var result = await app.TakeItemsAsync(app.Item("a", "t"), app.Item("b", "b", extra: ",\"id\":\"mine\""), "3", app.Item("c", "t"));
        Assert.Equal((IngestStatus.Accepted, 2), (result.Status, result.Accepted));
        Assert.Equal([(1, "mine", "self_interaction"), (2, null, "invalid_field")], result.Rejected.Select(r => (r.Index, r.Id, r.Code)));
        await app.DrainAsync();
        Assert.Equal(2, (await app.CardAsync("net:t"))!.Coverage.People);
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_item_is_acceptable()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var count = app.CountCalls();
        foreach (var (body, rejected) in new[] { ("[]", 0), ("""{"interactions":[]}""", 0), ("[{},null]", 2) })
        {
            var result = await app.TakeAsync(body);
            Assert.Equal((IngestStatus.NothingAcceptable, 0, rejected), (result.Status, result.Accepted, result.Rejected.Count));
            Assert.NotNull(result.Detail);
        }

        Assert.Equal(IngestStatus.NothingAcceptable, (await app.TakeAsync(" \n", FactBodyFormat.Ndjson)).Status);
        Assert.Equal(0, count.Total);
    }

    [Fact]
    public async Task A_thousand_items_are_taken_and_one_more_is_not()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var items = Enumerable.Range(0, 1001).Select(i => app.Item($"a{i}", $"t{i % 7}")).ToArray();
        var many = await app.TakeItemsAsync(items);
        Assert.Equal((IngestStatus.TooManyItems, 0), (many.Status, many.Accepted));
        Assert.Contains("1001", many.Detail, StringComparison.Ordinal);
        Assert.Empty(await app.ReceiveAsync());
        Assert.Equal(1000, (await app.TakeItemsAsync(items[..1000])).Accepted);
    }

    [Fact]
    public async Task What_is_not_in_its_format_is_unparseable()
    {
        await using var app = new App();
        var result = await app.TakeAsync("{}\n{", FactBodyFormat.Ndjson);
        Assert.Equal(
            (IngestStatus.Unparseable, 0, "Line 2 is not JSON (line 1, byte 2)."),
            (result.Status, result.Accepted, result.Detail)
        );
    }

    [Fact]
    public async Task An_id_twice_in_a_batch_counts_once()
    {
        await using var app = new App();
        var item = app.Item("a", "t", extra: ",\"id\":\"same\"");
        Assert.Equal(3, (await app.TakeItemsAsync(item, item, app.Item("a", "t", "quote", 60, ",\"id\":\"same\""))).Accepted);
        Assert.Equal(new RecomputeResult(1, 1, 2, 0), Assert.Single(await app.DrainAsync()));
    }

    [Fact]
    public async Task A_post_is_noted_without_its_authors_id_whatever_its_undo_says_and_changes_no_score()
    {
        await using var app = new App();
        var post = $$"""{"type":"post","actor":"net:a","at":{{app.Now}},"object":"p","id":"1"}""";
        Assert.Equal(2, (await app.TakeItemsAsync(post, post[..^1] + ",\"undo\":true}")).Accepted);
        Assert.Equal(new RecomputeResult(0, 0, 0, 0), Assert.Single(await app.DrainAsync()));
        Assert.Null(await app.CardAsync("net:a"));
        var row = await app.Deployment.Journal.QueryAsync<Azure.Data.Tables.TableEntity>().SingleAsync();
        var (actor, activity) = Assert.Single(ActivityPage.Read(RowBytes.Of(row)));
        var keys = await app.Deployment.KeysAsync(default);
        Assert.Equal((keys.KeyOf(AccountId.Parse("net:a")), 1u), (actor, activity.Total.Posts));
        Assert.DoesNotContain("net:a", System.Text.Encoding.UTF8.GetString(RowBytes.Of(row)), StringComparison.Ordinal);
    }
}
