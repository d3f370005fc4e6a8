namespace Influence.Pipeline.Tests.Publish;

public sealed class BoardKindTests
{
    private const int Day = 86_400;

    [Fact]
    public async Task Topics_and_communities_have_boards_by_the_influence_that_comes_from_them()
    {
        await using var app = new App(settings: [("Influence:MinBoardSize", "2"), ("Influence:MaxBoards", "2")]);
        await app.SendAsync([
            // Two thirds of t1's points are of dotnet, all of t2's; one account alone is no board, and only the two largest are kept.
            .. Enumerable.Range(0, 4).Select(i => app.Share($"net:a{i}", "net:t1") with { Context = FactContext.Of(["dotnet"], "forum") }),
            .. Enumerable.Range(4, 2).Select(i => app.Share($"net:a{i}", "net:t1") with { Context = FactContext.Of(["azure"], "forum") }),
            .. Enumerable.Range(0, 5).Select(i => app.Share($"net:a{i}", "net:t2") with { Context = FactContext.Of(["dotnet"], null) }),
            app.Share("net:a1", "net:t3") with
            {
                Context = FactContext.Of(["azure", "dotnet"], "forum"),
            },
            app.Share("net:a1", "net:t4") with
            {
                Context = FactContext.Of(["lonely"], "forum"),
            },
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var boards = app.Get<BoardQueries>();
        Assert.Equal(
            [
                "community:forum",
                "global",
                "month",
                "month:net",
                "movers",
                "movers:net",
                "network:net",
                "newcomers",
                "newcomers:net",
                "topic:dotnet",
                "week",
                "week:net",
            ],
            (await boards.ListAsync(default)).Leaderboards.Select(b => b.Board)
        );

        var dotnet = (await boards.FindAsync("topic:dotnet", null, 10, 0, default))!.Rows;
        Assert.Equal(["net:t2", "net:t1", "net:t3"], dotnet.Select(r => r.Id));
        var (t1, whole) = (dotnet[1], (await app.CardAsync("net:t1"))!);
        Assert.Equal(whole.Influence * 2 / 3, t1.Influence, 1e-9);
        Assert.Equal(ScoringPolicy.Current.ScoreOf(t1.Influence), t1.Score, 1e-9);
    }

    [Fact]
    public async Task Movers_are_who_gained_most_in_seven_days()
    {
        await using var app = new App();
        await app.SendAsync([
            .. Enumerable.Range(0, 9).Select(i => app.Share($"net:a{i}", "net:old", age: 20 * Day)),
            .. Enumerable.Range(0, 5).Select(i => app.Share($"net:a{i}", "net:rising", age: Day)),
            .. Enumerable.Range(0, 3).Select(i => app.Share($"net:a{i}", "net:both", age: 20 * Day)),
            .. Enumerable.Range(3, 3).Select(i => app.Share($"net:a{i}", "net:both", age: Day)),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var movers = (await app.Get<BoardQueries>().FindAsync("movers", null, 10, 0, default))!;
        Assert.Equal(["net:rising", "net:both"], movers.Rows.Select(r => r.Id));
        Assert.Equal((await app.CardAsync("net:rising"))!.Change.Week, movers.Rows[0].Change!.Value, 1e-6);
    }

    [Fact]
    public async Task Among_movers_the_percentile_is_by_gain()
    {
        await using var app = new App();
        // The lower the score, the larger the gain.
        (string Id, int Before, int Since)[] movers = [("net:high", 30, 10), ("net:middle", 8, 4), ("net:low", 0, 5)];
        await app.SendAsync([
            .. movers.SelectMany(m =>
                Enumerable.Range(0, m.Before + m.Since).Select(i => app.Share($"net:a{i}", m.Id, age: i < m.Before ? 8 * Day : Day))
            ),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var rows = (await app.Get<BoardQueries>().FindAsync("movers", null, 10, 0, default))!.Rows;
        Assert.Equal(["net:low", "net:middle", "net:high"], rows.Select(r => r.Id));
        Assert.Equal(rows.OrderBy(r => r.Score), rows);
        foreach (var row in rows)
        {
            var around = await app.Get<BoardQueries>().AroundAsync("movers", null, AccountId.Parse(row.Id), 0, default);
            Assert.Equal((row.Rank, 3), (around!.Rank, around.Total));
            Assert.Equal(100.0 * (4 - row.Rank) / 3, around.Percentile, 1e-9);
        }
    }

    [Fact]
    public async Task Movers_published_before_gains_were_counted_are_still_read()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        var meta = (await app.Deployment.Leaderboards.GetEntityAsync<Azure.Data.Tables.TableEntity>("movers|2026-11-20", "meta")).Value;
        meta.Remove("IsByGain");
        await app.Deployment.Leaderboards.UpdateEntityAsync(meta, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace);
        Assert.Equal(
            (1, 100.0),
            await app.Get<BoardQueries>().AroundAsync("movers", null, AccountId.Parse("net:t"), 0, default) is { } around
                ? (around.Rank, around.Percentile)
                : default
        );
    }

    [Fact]
    public async Task A_row_tells_the_change_and_the_movement_since_the_published_day_before()
    {
        await using var app = new App();
        await app.SendAsync([
            .. Enumerable.Range(0, 3).SelectMany(t => Enumerable.Range(0, 3 - t).Select(a => app.Share($"net:a{a}", $"net:t{t}"))),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.SendAsync([.. Enumerable.Range(0, 6).Select(a => app.Share($"net:b{a}", "net:t2"))]);
        await app.DrainAsync();
        await app.PublishAsync();
        var rows = (await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default))!.Rows;
        Assert.Equal([("net:t2", 2), ("net:t0", -1), ("net:t1", -1)], rows.Select(r => (r.Id, r.Move!.Value)));
        Assert.True(rows[0].Change > 0);
    }

    [Theory]
    [InlineData(1, 2, 1, 3)]
    [InlineData(10, 2, 8, 12)]
    [InlineData(20, 3, 17, 20)]
    [InlineData(10, 0, 10, 10)]
    public async Task Around_someone_stand_the_neighbours(int rank, int span, int first, int last)
    {
        await using var app = await RankedAsync();
        var board = await app.Get<BoardQueries>().FindAsync("network:net", null, 100, 0, default);
        var around = await app.Get<BoardQueries>()
            .AroundAsync("network:net", null, AccountId.Parse(board!.Rows[rank - 1].Id), span, default);
        Assert.Equal((rank, 30), (around!.Rank, around.Total));
        Assert.Equal(board.Rows.Skip(first - 1).Take(last - first + 1), around.Rows);
    }

    [Fact]
    public async Task Beyond_the_places_shown_there_is_the_competition_rank()
    {
        await using var app = await RankedAsync();
        var around = await app.Get<BoardQueries>().AroundAsync("global", null, AccountId.Parse("net:t4"), 5, default);
        // The n-th account has n fans: 25 of 30 score higher than the fifth.
        Assert.Equal((26, 30, 0), (around!.Rank, around.Total, around.Rows.Count));
        Assert.Equal(100.0 * 5 / 30, around.Percentile, 1e-9);
        Assert.Null(await app.Get<BoardQueries>().AroundAsync("global", null, AccountId.Parse("net:nobody"), 5, default));
        Assert.Null(await app.Get<BoardQueries>().AroundAsync("network:other", null, AccountId.Parse("net:t4"), 5, default));
    }

    [Fact]
    public async Task Days_beyond_the_retention_are_forgotten()
    {
        await using var app = new App(settings: ("Influence:BoardRetentionDays", "3"));
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        for (var day = 0; day < 6; day++)
        {
            await app.PublishAsync();
            await app.Get<Retention>().RunAsync(default);
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        var list = (await app.Get<BoardQueries>().ListAsync(default)).Leaderboards;
        Assert.All(list, b => Assert.Equal(Enumerable.Range(22, 4), b.Dates.Select(d => d.Day)));
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", new DateOnly(2026, 11, 21), 10, 0, default));
        Assert.All(
            await app.Deployment.Leaderboards.QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync(),
            r => Assert.DoesNotContain("2026-11-21", r.PartitionKey, StringComparison.Ordinal)
        );
    }

    private async Task<App> RankedAsync()
    {
        var app = new App(settings: ("Influence:BoardSize", "20"));
        await app.SendAsync([
            .. Enumerable.Range(0, 30).SelectMany(t => Enumerable.Range(0, t + 1).Select(a => app.Share($"net:a{a}", $"net:t{t}"))),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        return app;
    }
}
