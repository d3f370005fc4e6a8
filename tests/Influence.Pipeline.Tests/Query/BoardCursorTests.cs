namespace Influence.Pipeline.Tests.Query;

public sealed class BoardCursorTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData("", 0, null)]
    [InlineData("0", 0, null)]
    [InlineData("100", 100, null)]
    [InlineData("100.0123456789abcdef", 100, "0123456789abcdef")]
    public void A_position_with_or_without_an_edition_is_a_cursor(string? text, int after, string? edition)
    {
        Assert.True(BoardCursor.TryParse(text, out var cursor));
        Assert.Equal(new BoardCursor(after, edition), cursor);
        Assert.Equal(string.IsNullOrEmpty(text) ? "0" : text, cursor.ToString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.")]
    [InlineData(".0123456789abcdef")]
    [InlineData("1.0123456789abcde")]
    [InlineData("1.0123456789ABCDEF")]
    [InlineData("1.0123456789abcdef.")]
    [InlineData("1.012345678|abcdef")]
    [InlineData(" 1")]
    [InlineData("2147483647")]
    [InlineData("4294967296")]
    public void Anything_else_is_none(string text) => Assert.False(BoardCursor.TryParse(text, out _));

    [Theory]
    [InlineData(10, 40)]
    [InlineData(10, 3)]
    [InlineData(15, 0)]
    [InlineData(29, 40)]
    [InlineData(30, 40)]
    public async Task Pages_are_of_one_board_though_the_day_is_published_again_between_them(int top, int more)
    {
        await using var app = await PublishedAsync(30);
        var boards = app.Get<BoardQueries>();
        var whole = (await boards.FindAsync("global", Today, 100, 0, default))!.Rows;
        var first = (await boards.FindAsync("global", Today, top, new BoardCursor(0), default))!;
        // The last becomes the first, others leave or come.
        await app.SendAsync([
            .. Enumerable.Range(0, 60).Select(a => app.Share($"net:b{a}", "net:t0")),
            .. Enumerable.Range(0, more).Select(t => app.Share("net:a0", $"net:new{t}")),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(whole, [.. first.Page.Rows, .. await RestAsync(boards, first, top)]);
        Assert.Equal("net:t0", (await boards.FindAsync("global", Today, top, 0, default))!.Rows[0].Id);
    }

    [Fact]
    public async Task Pages_of_a_board_that_shrank_since_are_all_there()
    {
        await using var app = new App();
        Interaction[] items = [.. Enumerable.Range(0, 30).Select(i => app.Share("net:a", $"net:t{i:d2}", $"{i}"))];
        await app.SendAsync(items);
        await app.DrainAsync();
        await app.PublishAsync();
        var first = (await app.Get<BoardQueries>().FindAsync("global", Today, 10, new BoardCursor(0), default))!;
        await app.SendAsync(items[5..].Select(i => new Undo(i)));
        await app.DrainAsync();
        await app.PublishAsync();
        var ids = Enumerable.Range(10, 20).Select(i => $"net:t{i:d2}");
        Assert.Equal(ids, (await RestAsync(app.Get<BoardQueries>(), first, 10)).Select(r => r.Id));
    }

    [Fact]
    public async Task An_edition_that_is_gone_goes_on_in_the_one_that_counts()
    {
        await using var app = await PublishedAsync(30);
        var boards = app.Get<BoardQueries>();
        var first = (await boards.FindAsync("global", Today, 10, new BoardCursor(0), default))!;
        await app.PublishAsync();
        await app.PublishAsync();
        Assert.Equal(Enumerable.Range(11, 20), (await RestAsync(boards, first, 10)).Select(r => r.Rank));
        Assert.Empty((await boards.FindAsync("global", Today, 10, new BoardCursor(2_147_482_647, first.Page.Edition), default))!.Page.Rows);
    }

    [Fact]
    public async Task Far_beyond_the_edition_before_there_is_an_empty_last_page()
    {
        await using var app = await PublishedAsync(3);
        var before = (await app.Get<BoardQueries>().FindAsync("global", Today, 10, 0, default))!.Edition;
        await app.PublishAsync();
        foreach (var after in new[] { 3, 1000, int.MaxValue - BoardQueries.MaxTop, int.MaxValue })
        {
            var slice = (await app.Get<BoardQueries>().FindAsync("global", Today, 1000, new BoardCursor(after, before), default))!;
            Assert.Equal((0, null, true), (slice.Page.Rows.Count, slice.Next, slice.IsPinned));
        }
    }

    private static async Task<List<BoardRow>> RestAsync(BoardQueries boards, BoardSlice first, int top)
    {
        var rows = new List<BoardRow>();
        for (var slice = first; slice.Next is { } next; )
        {
            slice = (await boards.FindAsync("global", Today, top, next, default))!;
            Assert.InRange(slice.Page.Rows.Count, 1, top);
            rows.AddRange(slice.Page.Rows);
        }

        return rows;
    }

    private async Task<App> PublishedAsync(int accounts)
    {
        var app = new App();
        await app.SendAsync(
            Enumerable.Range(0, accounts).SelectMany(t => Enumerable.Range(0, t + 1).Select(a => app.Share($"net:a{a}", $"net:t{t}")))
        );
        await app.DrainAsync();
        await app.PublishAsync();
        return app;
    }
}
