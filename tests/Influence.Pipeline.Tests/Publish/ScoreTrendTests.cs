using CsCheck;

namespace Influence.Pipeline.Tests.Publish;

/// <summary>The line of the last days that each row of a board brings along. The app's day is Friday, 20 November 2026, noon.</summary>
public sealed class ScoreTrendTests
{
    private const int Day = 86_400;

    [Theory]
    [InlineData("global")]
    [InlineData("network:net")]
    [InlineData("newcomers")]
    [InlineData("topic:x")]
    public async Task A_row_tells_the_scores_that_the_history_tells(string board)
    {
        await using var app = new App(settings: ("Influence:MinBoardSize", "1"));
        await app.SendAsync([
            .. Enumerable
                .Range(0, 9)
                .Select(i => app.Share($"net:a{i}", "net:t", age: 20 * Day) with { Context = FactContext.Of(["x"], null) }),
            .. Enumerable
                .Range(0, 5)
                .Select(i => app.Share($"net:b{i}", "net:t", age: 3 * Day) with { Context = FactContext.Of(["x"], null) }),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var trend = Assert.Single((await BoardAsync(app, board)).Rows).Trend;
        var history = (await app.Get<ExplanationQueries>().HistoryAsync(AccountId.Parse("net:t"), 90, default))!.Value.Days;
        Assert.Equal(21, trend.Count);
        Assert.All(trend.Zip(history), d => Assert.Equal(d.Second.Score, d.First, 0.0051));
    }

    [Fact]
    public async Task A_profile_tells_that_of_its_accounts_together()
    {
        await using var app = new App();
        await app.SendAsync([
            .. Enumerable.Range(0, 9).Select(i => app.Share($"net:f{i}", "net:a", age: 5 * Day)),
            .. Enumerable.Range(0, 9).Select(i => app.Share($"net:g{i}", "other:b", age: 2 * Day)),
        ]);
        await app.DrainAsync();
        var change = new ProfileChange([AccountId.Parse("net:a"), AccountId.Parse("other:b")]);
        await app.Get<ProfileEditor>().PutAsync(AccountId.Parse("net:a"), change, false, default);
        await app.PublishAsync();
        var row = Assert.Single((await BoardAsync(app, "global")).Rows);
        var history = (await app.Get<ExplanationQueries>().HistoryAsync(AccountId.Parse("net:a"), 90, default))!.Value.Days;
        Assert.Equal(6, row.Trend.Count);
        Assert.All(row.Trend.Zip(history), d => Assert.Equal(d.Second.Score, d.First, 0.0051));
    }

    [Fact]
    public async Task A_board_knows_the_published_day_before_it_and_a_line_ends_with_its_score()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:f", "net:a", age: 9 * Day)]);
        await app.DrainAsync();
        await app.PublishAsync(new DateOnly(2026, 11, 15));
        await app.PublishAsync(new DateOnly(2026, 11, 18));
        await app.PublishAsync();
        Assert.Equal(new DateOnly(2026, 11, 18), (await BoardAsync(app, "global")).Before);
        var first = await app.Get<BoardQueries>().FindAsync("global", new DateOnly(2026, 11, 15), 9, default, default);
        Assert.Null(first!.Page.Before);
        // Of a past day too the line ends with the score of the row.
        await app.SendAsync([.. Enumerable.Range(0, 9).Select(i => app.Share($"net:late{i}", "net:a"))]);
        await app.DrainAsync();
        await app.PublishAsync(new DateOnly(2026, 11, 16));
        var past = await app.Get<BoardQueries>().FindAsync("global", new DateOnly(2026, 11, 16), 9, default, default);
        var row = Assert.Single(past!.Page.Rows);
        Assert.Equal(row.Score, row.Trend[^1], 0.0051);
        Assert.True((await app.CardAsync("net:a"))!.Score > row.Score + 5);
    }

    [Fact]
    public void A_text_reads_as_what_it_was_made_of() =>
        Gen.Double[0, 1e7]
            .Array[1, 30]
            .Sample(influence =>
            {
                var known = influence.SkipWhile(v => v <= 0).Select(ScoringPolicy.Current.ScoreOf).ToList();
                var read = ScoreTrend.Read(ScoreTrend.Of(influence).Text);
                Assert.Equal(known.Count, read.Length);
                Assert.All(read.Zip(known), s => Assert.Equal(s.Second, s.First, 0.0051));
            });

    private static async Task<BoardPage> BoardAsync(App app, string board) =>
        (await app.Get<BoardQueries>().FindAsync(board, null, 100, default, default))!.Page;
}
