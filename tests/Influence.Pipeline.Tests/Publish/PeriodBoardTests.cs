namespace Influence.Pipeline.Tests.Publish;

/// <summary>Boards of the running week and month, and of newcomers. The app's day is Friday, 20 November 2026.</summary>
public sealed class PeriodBoardTests
{
    private const int Day = 86_400;
    private const long Noon = Day / 2;

    [Fact]
    public async Task A_week_ranks_by_what_was_gained_since_monday()
    {
        await using var app = new App();
        await app.SendAsync([
            // Sunday 13:00 and Monday 11:00.
            .. Fans(app, "net:before", 9, (4 * Day) + (23 * 3600)),
            .. Fans(app, "net:since", 3, (4 * Day) + 3600),
            .. Fans(app, "net:both", 9, 9 * Day),
            .. Fans(app, "net:both", 5, 0, "more"),
            .. Fans(app, "other:o", 1, Day),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var week = await BoardAsync(app, "week");
        Assert.Equal(["net:both", "net:since", "other:o"], week.Rows.Select(r => r.Id));
        Assert.Equal(["net:both", "net:since"], (await BoardAsync(app, "week:net")).Rows.Select(r => r.Id));
        Assert.Equal(["other:o"], (await BoardAsync(app, "week:other")).Rows.Select(r => r.Id));
        // The five of today, whole; those of before have only faded.
        var own = ScoringPolicy.Current.Strength(4);
        Assert.Equal(5 * own, week.Rows[0].Influence, 1e-5);
        Assert.Equal(ScoringPolicy.Current.ScoreOf(week.Rows[0].Influence), week.Rows[0].Score, 1e-9);
        Assert.Equal((3, 3), (week.Total, week.Rows.Count));
        Assert.Equal(["net:before", "net:both", "net:since", "other:o"], (await BoardAsync(app, "month")).Rows.Select(r => r.Id).Order());
    }

    [Fact]
    public async Task A_month_begins_with_its_first_day()
    {
        await using var app = new App();
        await app.SendAsync([
            // 31 October 23:00, and 1 November 01:00.
            .. Fans(app, "net:october", 5, Noon + (19 * Day) + 3600),
            .. Fans(app, "net:november", 3, Noon + (19 * Day) - 3600),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(["net:november"], (await BoardAsync(app, "month")).Rows.Select(r => r.Id));
        Assert.Equal(["net:november"], (await BoardAsync(app, "month:net")).Rows.Select(r => r.Id));
        Assert.Empty((await BoardAsync(app, "week")).Rows);
    }

    [Fact]
    public async Task A_past_day_shows_its_own_week_as_of_its_end()
    {
        await using var app = new App();
        await app.SendAsync([.. Fans(app, "net:t", 3, 5 * Day)]);
        await app.DrainAsync();
        app.Clock.Advance(TimeSpan.FromDays(10));
        // Sunday 15 November closes its week; of the week after, nothing was gained.
        await app.PublishAsync(new DateOnly(2026, 11, 15));
        var week = await BoardAsync(app, "week");
        Assert.Equal(new DateOnly(2026, 11, 15), week.Date);
        Assert.Equal(["net:t"], week.Rows.Select(r => r.Id));
        await app.PublishAsync(new DateOnly(2026, 11, 16));
        Assert.Empty((await BoardAsync(app, "week")).Rows);
    }

    [Fact]
    public async Task Newcomers_are_those_whose_first_fact_came_in_the_last_thirty_days()
    {
        await using var app = new App();
        await app.SendAsync([
            .. Fans(app, "net:new", 3, 29 * Day),
            .. Fans(app, "net:old", 3, 30 * Day),
            .. Fans(app, "net:old", 9, 0, "more"),
            .. Fans(app, "net:newest", 1, 0),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(["net:new", "net:newest"], (await BoardAsync(app, "newcomers")).Rows.Select(r => r.Id));
        Assert.Equal(["net:new", "net:newest"], (await BoardAsync(app, "newcomers:net")).Rows.Select(r => r.Id));
        // By the ordinary score.
        Assert.Equal((await app.CardAsync("net:new"))!.Score, (await BoardAsync(app, "newcomers")).Rows[0].Score, 1e-9);
    }

    [Fact]
    public async Task An_account_that_forgot_its_first_days_is_no_newcomer()
    {
        await using var app = new App(settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0")]);
        await app.SendAsync([.. Fans(app, "net:t", 3, 80 * Day)]);
        await app.DrainAsync();
        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.PublishAsync();
        await app.SendAsync([.. Fans(app, "net:t", 3, 0, "later")]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Empty((await BoardAsync(app, "newcomers")).Rows);
    }

    [Theory]
    [InlineData("week")]
    [InlineData("week:net")]
    [InlineData("month")]
    [InlineData("month:net")]
    [InlineData("newcomers")]
    [InlineData("newcomers:net")]
    public async Task Ranks_neighbours_and_percentiles_are_like_on_other_boards(string board)
    {
        await using var app = new App(settings: ("Influence:BoardSize", "4"));
        await app.SendAsync([.. Enumerable.Range(1, 10).SelectMany(n => Fans(app, $"net:t{n}", n, 3600))]);
        await app.DrainAsync();
        await app.PublishAsync();
        var page = await BoardAsync(app, board);
        Assert.Equal((10, 4), (page.Total, page.Rows.Count));
        for (var n = 1; n <= 10; n++)
        {
            var around = (await app.Get<BoardQueries>().AroundAsync(board, null, AccountId.Parse($"net:t{n}"), 1, default))!;
            Assert.Equal((11 - n, 10.0 * n), (around.Rank, around.Percentile));
            Assert.Equal(n >= 7, around.Rows.Count > 0);
        }

        Assert.Null(await app.Get<BoardQueries>().AroundAsync(board, null, AccountId.Parse("net:nobody"), 1, default));
    }

    [Fact]
    public async Task Movers_of_a_network_are_found_among_its_own()
    {
        await using var app = new App();
        await app.SendAsync([.. Fans(app, "net:a", 9, Day), .. Fans(app, "other:b", 2, Day), .. Fans(app, "other:c", 3, 20 * Day)]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(["net:a", "other:b"], (await BoardAsync(app, "movers")).Rows.Select(r => r.Id));
        Assert.Equal(["other:b"], (await BoardAsync(app, "movers:other")).Rows.Select(r => r.Id));
        var around = (await app.Get<BoardQueries>().AroundAsync("movers:other", null, AccountId.Parse("other:b"), 1, default))!;
        Assert.Equal((1, 100.0), (around.Rank, around.Percentile));
    }

    [Fact]
    public void Parts_of_several_accounts_sum_to_one_entry()
    {
        var sum = new BoardPart(3, 1, 2, 2, true, ScoreTrend.Of([1, 2]), [("topic:a", 1), ("topic:b", 2)]).Plus(
            new BoardPart(1, 0, 1, 1, false, ScoreTrend.Of([0, 1]), [("topic:b", 1)])
        );
        Assert.Equal((4.0, 1.0, 3.0, 3.0, false), (sum.Influence, sum.Before, sum.InWeek, sum.InMonth, sum.IsNew));
        Assert.Equal([("topic:a", 1.0), ("topic:b", 3.0)], sum.Named);
        var boards = new BoardBuilder(new InfluenceOptions { BoardSize = 9 });
        boards.AddToAll(AccountId.Parse("net:p"), sum);
        boards.AddToNetwork("net", AccountId.Parse("net:p"), sum);
        Assert.Equal(3.0, Assert.Single(boards.Boards["week:net"].Best).Influence);
        Assert.Empty(boards.Boards["newcomers"].Best);
        Assert.Equal(3.0, Assert.Single(boards.Boards["topic:b"].Best).Influence);
    }

    private static IEnumerable<Interaction> Fans(App app, string account, int fans, long age, string group = "fan") =>
        Enumerable.Range(0, fans).Select(i => app.Share($"net:{group}{i}", account, age: age));

    private static async Task<BoardPage> BoardAsync(App app, string board) =>
        (await app.Get<BoardQueries>().FindAsync(board, null, 100, 0, default))!;
}
