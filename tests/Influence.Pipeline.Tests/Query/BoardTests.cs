using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Query;

public sealed class BoardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(1000)]
    public async Task Pages_one_after_the_other_are_the_whole_board(int top)
    {
        await using var app = await PublishedAsync(30);
        var whole = await app.Get<BoardQueries>().FindAsync("global", null, 1000, 0, default);
        var (rows, pages) = (new List<BoardRow>(), 0);
        for (BoardCursor? cursor = new BoardCursor(0); cursor is { } from; pages++)
        {
            var slice = (await app.Get<BoardQueries>().FindAsync("global", null, top, from, default))!;
            Assert.InRange(slice.Page.Rows.Count, 1, top);
            Assert.Equal(pages > 0, slice.IsPinned);
            rows.AddRange(slice.Page.Rows);
            cursor = slice.Next;
        }

        Assert.Equal(Enumerable.Range(1, 30), rows.Select(r => r.Rank));
        Assert.Equal(whole!.Rows, rows);
        Assert.Equal(((30 - 1) / top) + 1, pages);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(int.MaxValue)]
    public async Task After_the_last_row_there_is_an_empty_page(int after)
    {
        await using var app = await PublishedAsync(30);
        var slice = (await app.Get<BoardQueries>().FindAsync("global", null, 1000, new BoardCursor(after), default))!;
        Assert.Equal((0, null, 30), (slice.Page.Rows.Count, slice.Next, slice.Page.Total));
    }

    [Fact]
    public async Task A_board_or_day_that_was_not_published_is_none()
    {
        await using var app = await PublishedAsync(2);
        var boards = app.Get<BoardQueries>();
        foreach (var board in new[] { "network:other", "nonsense", "glo", "global|2026-11-20", "a/b#?", "", new string('x', 3000) })
        {
            Assert.Null(await boards.FindAsync(board, null, 10, 0, default));
            Assert.Null(await boards.FindAsync(board, new DateOnly(2026, 11, 20), 10, 0, default));
        }

        foreach (var day in new[] { new DateOnly(2026, 11, 19), new DateOnly(2026, 11, 21), DateOnly.MinValue, DateOnly.MaxValue })
            Assert.Null(await boards.FindAsync("global", day, 10, 0, default));
    }

    [Fact]
    public async Task Before_the_first_publication_there_are_no_boards()
    {
        await using var app = new App();
        Assert.Empty((await app.Get<BoardQueries>().ListAsync(default)).Leaderboards);
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default));
    }

    [Fact]
    public async Task Boards_are_listed_by_name_with_their_days()
    {
        await using var app = await PublishedAsync(2);
        await app.SendAsync([app.Share("net:a", "net-2:t")]);
        await app.DrainAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.PublishAsync();
        var (first, second) = (new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21));
        var list = (await app.Get<BoardQueries>().ListAsync(default)).Leaderboards;
        Assert.Equal(
            [
                "global",
                "month",
                "month:net",
                "month:net-2",
                "movers",
                "movers:net",
                "movers:net-2",
                "network:net",
                "network:net-2",
                "newcomers",
                "newcomers:net",
                "newcomers:net-2",
                "week",
                "week:net",
                "week:net-2",
            ],
            list.Select(b => b.Board)
        );
        Assert.All(list, b => Assert.Equal(second, b.Latest));
        Assert.All(list, b => Assert.Equal(b.Board.EndsWith("net-2", StringComparison.Ordinal) ? [second] : [first, second], b.Dates));
    }

    [Fact]
    public async Task A_long_list_is_read_once_for_all_who_ask_and_never_staler_than_the_cache_allows()
    {
        await using var app = await PublishedAsync(2);
        await AddDaysAsync(app, 1000);
        var boards = app.Get<BoardQueries>();
        var count = app.CountCalls();
        for (var i = 0; i < 20; i++)
            await boards.ListAsync(default);
        Assert.Equal(2, count["query"]);

        await app.SendAsync([app.Share("net:a", "other:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(11, (await boards.ListAsync(default)).Leaderboards.Count);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(16, (await boards.ListAsync(default)).Leaderboards.Count);
    }

    [Theory]
    [InlineData(990, "30")]
    [InlineData(1000, "0")]
    public async Task A_short_list_or_one_without_a_cache_is_of_now(int days, string seconds)
    {
        await using var app = await PublishedAsync(2, ("Influence:BoardCacheSeconds", seconds));
        await AddDaysAsync(app, days);
        Assert.Equal(11, (await app.Get<BoardQueries>().ListAsync(default)).Leaderboards.Count);
        await app.SendAsync([app.Share("net:a", "other:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(16, (await app.Get<BoardQueries>().ListAsync(default)).Leaderboards.Count);
    }

    private static async Task AddDaysAsync(App app, int count)
    {
        var days = Enumerable.Range(0, count).Select(i => new DateOnly(2025, 12, 1).AddDays(-i));
        var rows = days.Select(d => new TableEntity(BoardKeys.Days, BoardKeys.Day("topic:old", d))
        {
            ["Board"] = "topic:old",
            ["Date"] = BoardKeys.Key(d),
        });
        foreach (var part in rows.Chunk(100))
            await app.Deployment.Leaderboards.SubmitTransactionAsync(
                part.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r))
            );
    }

    [Fact]
    public async Task A_newcomer_has_no_change_and_who_stays_fades()
    {
        await using var app = await PublishedAsync(2);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.PublishAsync(new DateOnly(2026, 11, 20));
        await app.SendAsync([app.Share("net:a", "net:new")]);
        await app.DrainAsync();
        await app.PublishAsync();
        var rows = (await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default))!.Rows;
        Assert.Null(rows.Single(r => r.Id == "net:new").Change);
        Assert.All(rows.Where(r => r.Id != "net:new"), r => Assert.InRange(r.Change!.Value, -1, -1e-3));
    }

    [Fact]
    public async Task Who_was_first_heard_of_after_the_boards_moment_is_not_ranked_on_it()
    {
        await using var app = new App(
            now: new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero),
            settings: ("Influence:BoardSize", "1")
        );
        await app.SendAsync([
            .. Enumerable.Range(0, 9).Select(i => app.Share($"net:a{i}", "net:top", age: 3600)),
            .. Enumerable.Range(0, 4).Select(i => app.Share($"net:a{i}", "net:known", age: 3600)),
            .. Enumerable.Range(0, 2).Select(i => app.Share($"net:a{i}", "net:today", age: 300)),
        ]);
        await app.DrainAsync();
        await app.PublishAsync(new DateOnly(2026, 11, 20));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.SendAsync([
            .. new[] { "net:known", "net:today", "net:new" }.Select(t => app.Share("net:b", t)),
            app.Share("net:a0", "net:known"),
        ]);
        await app.DrainAsync();
        async Task AssertRankAsync(int? rank, string account)
        {
            var around = await app.Get<BoardQueries>().AroundAsync("global", null, AccountId.Parse(account), 5, default);
            var card = (await app.CardAsync(account))!;
            Assert.Equal((rank, rank, around?.Percentile), (card.Rank, around?.Rank, card.Percentile));
        }

        await AssertRankAsync(1, "net:top");
        await AssertRankAsync(2, "net:known");
        await AssertRankAsync(3, "net:today");
        await AssertRankAsync(null, "net:new");
    }

    private async Task<App> PublishedAsync(int accounts, params (string Key, string Value)[] settings)
    {
        var app = new App(settings: settings);
        await app.SendAsync(
            Enumerable.Range(0, accounts).SelectMany(t => Enumerable.Range(0, t + 1).Select(a => app.Share($"net:a{a}", $"net:t{t}")))
        );
        await app.DrainAsync();
        await app.PublishAsync();
        return app;
    }
}
