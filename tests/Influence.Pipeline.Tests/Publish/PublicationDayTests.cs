using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Publish;

public sealed class PublicationDayTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public async Task The_same_publication_again_lands_on_the_same_rows()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var store = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        var places = Enumerable.Range(0, 125).Select(i => new BoardEntry(AccountId.Parse($"net:{i:d3}"), 50, 1)).ToList();
        for (var i = 0; i < 2; i++)
            Assert.True(await store.WriteAsync("global", EditionOf(Today, "a") with { Places = places }, default));
        var rows = await RowsAsync(app);
        // Places with their index, meta, day, pointer.
        Assert.Equal((125 * 2) + 3, rows.Count);
        Assert.Equal(125, rows.Count(r => r.Score is not null));
    }

    [Fact]
    public async Task The_day_published_again_is_another_edition_and_the_one_before_stays_for_its_readers()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 20).Select(i => app.Share("net:a", $"net:t{i}")));
        await app.DrainAsync();
        var reader = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        await app.PublishAsync();
        var first = await reader.MetaAsync("global", Today, default);
        await app.PublishAsync();
        Assert.Equal(20, (await reader.RowsAsync("global", Today, first!.Current.Name, 1, 100, default)).Count);
        await app.PublishAsync();
        Assert.Empty(await reader.RowsAsync("global", Today, first!.Current.Name, 1, 100, default));
        var editions = (await RowsAsync(app))
            .Where(r => r.Partition == "global|2026-11-20" && r.Score is not null)
            .Select(r => r.Row.Split('|')[0])
            .Distinct();
        Assert.Equal(2, editions.Count());
    }

    [Fact]
    public async Task The_same_day_again_with_fewer_entries_leaves_none_of_the_old()
    {
        await using var app = new App();
        Interaction[] items = [.. Enumerable.Range(0, 130).Select(i => app.Share("net:a", $"net:t{i:d3}", $"{i}"))];
        await app.SendAsync(items);
        await app.DrainAsync();
        await app.PublishAsync();
        await app.SendAsync(items[10..].Select(i => new Undo(i)));
        await app.DrainAsync();
        await app.PublishAsync();
        var page = await app.Get<BoardQueries>().FindAsync("global", Today, 1000, 0, default);
        Assert.Equal((10, 10), (page!.Total, page.Rows.Count));
    }

    [Fact]
    public async Task An_older_day_published_later_does_not_become_the_latest()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t", age: 10 * 86_400)]);
        await app.DrainAsync();
        await app.PublishAsync();
        await app.PublishAsync(Today.AddDays(-3));
        Assert.Equal(Today, (await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default))!.Date);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.PublishAsync();
        Assert.Equal(Today.AddDays(1), (await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default))!.Date);
    }

    [Fact]
    public async Task Two_days_published_at_the_same_moment_leave_the_newer_one_the_latest()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var store = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        var names = Enumerable.Range(0, 40).Select(i => $"topic:{i}").ToList();
        foreach (var day in new[] { Today.AddDays(-2), Today })
            await Task.WhenAll(
                names.SelectMany(n => new[] { day, day.AddDays(-1) }.Select(d => store.WriteAsync(n, EditionOf(d, "a"), default)))
            );
        foreach (var name in names)
            Assert.Equal(Today, await store.LatestAsync(name, default));
    }

    [Fact]
    public async Task A_day_published_twice_at_the_same_moment_is_of_the_one_requested_later()
    {
        await using var app = new App();
        await app.Deployment.KeysAsync(default);
        var store = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        var names = Enumerable.Range(0, 40).Select(i => $"topic:{i}").ToList();
        BoardEdition[] editions = [EditionOf(Today, "a"), EditionOf(Today, "b")];
        await Task.WhenAll(names.SelectMany(n => editions.Select(e => store.WriteAsync(n, e, default))));
        foreach (var name in names)
        {
            var meta = (await store.MetaAsync(name, Today, default))!;
            // Requested at one moment, the larger id counts.
            Assert.Equal(editions[1].Name, meta.Current.Name);
            Assert.Contains(meta.Before?.Name, new[] { editions[0].Name, null });
        }
    }

    [Fact]
    public async Task A_missed_day_is_not_invented()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        foreach (var days in new[] { 1, 1, 3 })
        {
            app.Clock.Advance(TimeSpan.FromDays(days));
            await app.Get<Publisher>().RequestDailyAsync(default);
            await app.DrainPublicationsAsync();
        }

        DateOnly[] published = [Today, Today.AddDays(1), Today.AddDays(4)];
        var boards = (await app.Get<BoardQueries>().ListAsync(default)).Leaderboards;
        Assert.Equal(
            ["global", "month", "month:net", "movers", "movers:net", "network:net", "newcomers", "newcomers:net", "week", "week:net"],
            boards.Select(b => b.Board)
        );
        Assert.All(boards, b => Assert.Equal([.. published, published[2]], [.. b.Dates, b.Latest]));
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", Today.AddDays(2), 10, 0, default));
        // The change is against the published day before, however far that is.
        var row = Assert.Single((await app.Get<BoardQueries>().FindAsync("global", published[2], 10, 0, default))!.Rows);
        var before = Assert.Single((await app.Get<BoardQueries>().FindAsync("global", published[1], 10, 0, default))!.Rows);
        Assert.Equal(row.Score - before.Score, row.Change!.Value, 1e-12);
        Assert.True(row.Change < 0);
    }

    [Fact]
    public async Task A_past_day_is_published_with_the_scores_of_its_end()
    {
        await using var app = new App();
        var keys = await app.Deployment.KeysAsync(default);
        Interaction[] then =
        [
            .. Enumerable.Range(0, 20).Select(i => app.Share($"net:a{i}", $"net:t{i % 3}", age: (5 * 86_400) + (i * 60))),
        ];
        Interaction[] since = [.. Enumerable.Range(0, 20).Select(i => app.Share($"net:b{i}", $"net:t{2 + (i % 3)}"))];
        await app.SendAsync([.. then, .. since]);
        await app.DrainAsync();
        var day = Today.AddDays(-4);
        await app.PublishAsync(day);

        var world = new World(keys, app.Now);
        world.Apply(then);
        var end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var page = await app.Get<BoardQueries>().FindAsync("global", day, 10, 0, default);
        Assert.Equal((end, 3), (page!.AsOf, page.Rows.Count));
        // A history is kept in single precision.
        Assert.All(page.Rows, r => Assert.Equal(world.States[AccountId.Parse(r.Id)].ScoreAt(end.ToUnixTimeSeconds()).Value, r.Score, 1e-6));
        // A rank is the one of the board's moment: who came later has none there.
        Assert.NotNull((await app.CardAsync("net:t1"))!.Rank);
        Assert.Null((await app.CardAsync("net:t4"))!.Rank);
    }

    private static BoardEdition EditionOf(DateOnly date, string publication) =>
        new(
            new PublicationRun(publication, DateTimeOffset.UnixEpoch, 1, new PublicationInput(date, 1, 1, 0, 0.01)),
            default,
            new ScoreHistogram(),
            []
        );

    private static async Task<List<(string Partition, string Row, string? Id, double? Score)>> RowsAsync(App app)
    {
        var rows = await app.Deployment.Leaderboards.QueryAsync<TableEntity>().ToListAsync();
        return
        [
            .. rows.Where(r =>
                    r.PartitionKey is not ("publications" or "requests" or "deployment")
                    && !r.PartitionKey.StartsWith("done|", StringComparison.Ordinal)
                )
                .Select(r => (r.PartitionKey, r.RowKey, r.GetString("Id"), r.GetDouble("Score"))),
        ];
    }
}
