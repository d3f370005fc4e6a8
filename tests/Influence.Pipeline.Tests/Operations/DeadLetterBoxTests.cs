using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Operations;

/// <summary>Dead letters as operators see them.</summary>
public sealed class DeadLetterBoxTests
{
    [Fact]
    public async Task Letters_are_listed_by_queue_and_day_a_page_at_a_time()
    {
        await using var app = new App(now: new DateTimeOffset(2026, 11, 18, 9, 0, 0, TimeSpan.Zero));
        for (var day = 0; day < 3; day++, app.Clock.Advance(TimeSpan.FromDays(1)))
            foreach (var n in new[] { 1, 2 })
            {
                await app.Get<DeadLetters>().TakeFactsAsync($"facts {day} {n}", default);
                await app.Get<DeadLetters>().TakePublicationAsync($"shard {day} {n}", default);
            }

        var box = app.Get<DeadLetterBox>();
        var (all, hasMore) = await box.ListAsync(null, null, null, 100, default);
        Assert.False(hasMore);
        Assert.Equal(12, all.Count);
        Assert.Equal(all.Select(l => l.Queue).Order(), all.Select(l => l.Queue));
        Assert.All(all.GroupBy(l => l.Queue), q => Assert.Equal(q.Select(l => l.At).Order(), q.Select(l => l.At)));
        Assert.All(all, l => Assert.Null(l.Content));

        foreach (var top in new[] { 1, 4, 6, 11, 12, 13 })
        {
            var (pages, after, more) = (new List<DeadLetter>(), (string?)null, true);
            for (var round = 0; more; round = Eventually.Round(round, "the last page has come"))
            {
                (var page, more) = await box.ListAsync(null, null, after, top, default);
                Assert.InRange(page.Count, 1, top);
                pages.AddRange(page);
                after = page[^1].Id;
            }

            Assert.Equal(all, pages);
        }

        var since = new DateTimeOffset(2026, 11, 19, 0, 0, 0, TimeSpan.Zero);
        var (later, _) = await box.ListAsync("shards", since, null, 100, default);
        Assert.Equal(all.Where(l => l.Queue == "shards" && l.At >= since), later);
    }

    [Fact]
    public async Task A_look_shows_the_facts_as_the_api_takes_them()
    {
        await using var app = new App();
        var letter = await DamagedAsync(app);
        var content = (await app.Get<DeadLetterBox>().FindAsync(letter.Id, default))!.Content!;
        Assert.Equal("""["net:b"]""", $"[{string.Join(',', content.Facts!.Select(f => f.GetProperty("actor").GetRawText()))}]");
        Assert.Equal((app.Clock.GetUtcNow(), "api"), (content.ReceivedAt!.Value, content.Source));
        Assert.Single(FactsCodec.Read(content.Body).Facts);

        await app.Get<DeadLetters>().TakeFactsAsync("no message", default);
        var (letters, _) = await app.Get<DeadLetterBox>().ListAsync(null, null, null, 100, default);
        var other = await app.Get<DeadLetterBox>().FindAsync(letters.Single(l => l.Id != letter.Id).Id, default);
        Assert.Equal(new DeadLetterContent("no message"), other!.Content);
    }

    [Fact]
    public async Task A_retried_letter_counts_once_however_often_it_runs()
    {
        await using var app = new App();
        var letter = await DamagedAsync(app);
        await RepairAsync(app);
        var box = app.Get<DeadLetterBox>();
        var body = (await box.FindAsync(letter.Id, default))!.Content!.Body;
        Assert.Equal(DeadLetterOutcome.Done, await box.RetryAsync(letter.Id, default));
        Assert.Equal(DeadLetterOutcome.Unknown, await box.RetryAsync(letter.Id, default));
        Assert.Empty((await box.ListAsync(null, null, null, 100, default)).Letters);
        Assert.Equal(body, Assert.Single(await app.ReceiveAsync()));
        foreach (var _ in new[] { 1, 2, 3 })
            await app.ApplyAsync(body);
        Assert.Equal((2, 2), await app.CardAsync("net:t") is { } card ? (card.Coverage.People, card.Coverage.Interactions) : default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_retried_letter_that_fails_again_is_kept_again_before_its_old_row_is_gone_or_after(int hours)
    {
        await using var app = new App();
        var letter = await DamagedAsync(app);
        var body = (await app.Get<DeadLetterBox>().FindAsync(letter.Id, default))!.Content!.Body;
        var rows = app.Deployment.DeadLetters;
        // As a retry that ended before it could delete the row.
        var row = await rows.QueryAsync<TableEntity>().SingleAsync();
        row["RetriedAt"] = app.Clock.GetUtcNow();
        await rows.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        var marked = (await rows.QueryAsync<TableEntity>().SingleAsync()).ETag;
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await app.Get<DeadLetters>().TakeFactsAsync(body, default);

        var after = await rows.QueryAsync<TableEntity>().ToListAsync();
        var fresh = Assert.Single(after, r => !r.ContainsKey("RetriedAt"));
        Assert.Equal(app.Clock.GetUtcNow(), fresh.GetDateTimeOffset("At"));
        // The retry goes on: what it deletes is not the new letter.
        if (hours == 0)
            await Assert.ThrowsAsync<RequestFailedException>(() => rows.DeleteEntityAsync(row.PartitionKey, row.RowKey, marked));
        // And who repeats it finds them.
        Assert.All(
            (await app.Get<DeadLetterBox>().ListAsync(null, null, null, 100, default)).Letters,
            l => Assert.True(DeadLetterBox.IsId(l.Id))
        );
    }

    [Fact]
    public async Task A_discarded_letter_is_gone()
    {
        await using var app = new App();
        var letter = await DamagedAsync(app);
        var box = app.Get<DeadLetterBox>();
        Assert.Equal(DeadLetterOutcome.Done, await box.DiscardAsync(letter.Id, default));
        Assert.Equal(DeadLetterOutcome.Unknown, await box.DiscardAsync(letter.Id, default));
        Assert.Null(await box.FindAsync(letter.Id, default));
        Assert.Empty(await app.ReceiveAsync());
    }

    [Fact]
    public async Task A_letter_that_is_being_retried_is_not_discarded_and_one_whose_retry_broke_off_is()
    {
        await using var app = new App();
        var letter = await DamagedAsync(app);
        var rows = app.Deployment.DeadLetters;
        var row = await rows.QueryAsync<TableEntity>().SingleAsync();
        row["RetriedAt"] = app.Clock.GetUtcNow();
        await rows.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Assert.Equal(DeadLetterOutcome.Contended, await app.Get<DeadLetterBox>().DiscardAsync(letter.Id, default));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DeadLetterOutcome.Done, await app.Get<DeadLetterBox>().DiscardAsync(letter.Id, default));
    }

    [Fact]
    public async Task A_message_of_a_publication_is_not_run_again()
    {
        await using var app = new App();
        await app.Get<DeadLetters>().TakePublicationAsync("no message", default);
        var box = app.Get<DeadLetterBox>();
        var letter = Assert.Single((await box.ListAsync(null, null, null, 100, default)).Letters);
        Assert.Equal(DeadLetterOutcome.NotRetryable, await box.RetryAsync(letter.Id, default));
        Assert.Equal(DeadLetterOutcome.Done, await box.DiscardAsync(letter.Id, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("other.2026112012.00000000000000000000000000000000")]
    [InlineData("interactions.2026112012.00000000000000000000000000000000\n")]
    [InlineData("interactions|20261120.12.00000000000000000000000000000000")]
    public async Task What_is_no_id_is_no_letter(string id)
    {
        await using var app = new App();
        Assert.False(DeadLetterBox.IsId(id));
        Assert.Null(await app.Get<DeadLetterBox>().FindAsync(id, default));
        Assert.Equal(DeadLetterOutcome.Unknown, await app.Get<DeadLetterBox>().RetryAsync(id, default));
        Assert.Equal(DeadLetterOutcome.Unknown, await app.Get<DeadLetterBox>().DiscardAsync(id, default));
    }

    // A fact about an account whose row cannot be read.
    private static async Task<DeadLetter> DamagedAsync(App app)
    {
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await DamagedRowTests.DamageAsync(app, "net:t", "state", "Summary", "flip");
        await app.SendAsync([app.Share("net:b", "net:t")]);
        // A host that knows nothing of the account.
        await using var cold = new App(beside: app);
        await cold.Get<DeadLetters>().TakeFactsAsync(Assert.Single(await app.ReceiveAsync()), default);
        return Assert.Single((await app.Get<DeadLetterBox>().ListAsync(null, null, null, 100, default)).Letters);
    }

    // The flip again: the row is as it was.
    private static Task RepairAsync(App app) => DamagedRowTests.DamageAsync(app, "net:t", "state", "Summary", "flip");
}
