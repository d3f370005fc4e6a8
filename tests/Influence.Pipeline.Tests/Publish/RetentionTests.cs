using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Publish;

public sealed class RetentionTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly PublicationRun Run = new("a", DateTimeOffset.UnixEpoch, 1, new PublicationInput(Day, 1, 1, 0, 0.01));

    [Theory]
    // Nothing, the meta row, and half of the rows are gone.
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 150)]
    public async Task A_deletion_that_broke_off_is_gone_on_with(bool metaIsGone, int rowsGone)
    {
        await using var app = new App(settings: ("Influence:BoardRetentionDays", "3"));
        await app.Deployment.KeysAsync(default);
        var table = app.Deployment.Leaderboards;
        var places = Enumerable.Range(0, 120).Select(i => new BoardEntry(AccountId.Parse($"net:{i}"), 50, 1)).ToList();
        await new BoardStore(table, app.Get<OptimisticConcurrency>()).WriteAsync(
            "topic:t",
            new BoardEdition(Run, default, new ScoreHistogram(), places),
            default
        );
        if (metaIsGone)
            await table.DeleteEntityAsync("topic:t|2026-11-20", "meta");
        foreach (var row in (await RowsAsync(table, "topic:t|2026-11-20")).Where(r => r.RowKey != "meta").Take(rowsGone))
            await table.DeleteEntityAsync(row);
        // Nobody reads the half that is left.
        Assert.Equal(!metaIsGone, await app.Get<BoardQueries>().FindAsync("topic:t", Day, 10, 0, default) is not null);

        app.Clock.Advance(TimeSpan.FromDays(4));
        await app.Get<Retention>().RunAsync(default);
        Assert.Empty(await RowsAsync(table, "topic:t|2026-11-20"));
        Assert.DoesNotContain(await RowsAsync(table, "days"), r => r.GetString("Board") == "topic:t");
    }

    [Fact]
    public async Task What_is_deleted_can_be_deleted_again()
    {
        await using var app = new App();
        await app.PublishAsync();
        var writer = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        for (var i = 0; i < 2; i++)
            await writer.DeleteAsync("global", Day, default);
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", Day, 10, 0, default));
    }

    [Fact]
    public async Task Two_publications_may_delete_the_same_day_at_once()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 400).Select(i => app.Share($"net:a{i % 7}", $"net:t{i}")));
        await app.DrainAsync();
        await app.PublishAsync();
        var table = app.Deployment.Leaderboards;
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => new BoardStore(table, app.Get<OptimisticConcurrency>()).DeleteAsync("global", Day, default))
        );
        Assert.Empty(await RowsAsync(table, "global|2026-11-20"));
    }

    [Fact]
    public async Task A_remembered_activity_is_forgotten_when_its_undo_would_come_too_late()
    {
        await using var app = new App();
        var activities = app.Get<RememberedActivities>();
        await activities.TakeBackAsync("bluesky|old", app.Now, default);
        app.Clock.Advance(TimeSpan.FromDays(89));
        await activities.TakeBackAsync("bluesky|young", app.Now, default);
        await app.Get<Retention>().RunAsync(default);
        Assert.Equal(2, (await app.Deployment.Activities.QueryAsync<TableEntity>().ToListAsync()).Count);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Get<Retention>().RunAsync(default);
        var left = Assert.Single(await app.Deployment.Activities.QueryAsync<TableEntity>().ToListAsync());
        Assert.Contains("young", left.RowKey, StringComparison.Ordinal);
    }

    private static async Task<List<TableEntity>> RowsAsync(TableClient table, string partition) =>
        await table.QueryAsync<TableEntity>(r => r.PartitionKey == partition).ToListAsync();
}
