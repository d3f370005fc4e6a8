using static Influence.Pipeline.Tests.Support.SettledCommunity;

namespace Influence.Pipeline.Tests.Publish;

/// <summary>Of several publications the one asked for later counts, and the timer asks once a day.</summary>
public sealed class PublicationOrderTests
{
    [Fact]
    public async Task A_timer_that_fires_twice_on_two_hosts_changes_nothing()
    {
        await using var app = await CommunityAsync(64, tolerance: "1e-6", passes: 20);
        await using var host = new App(
            null,
            Noon,
            app,
            ("Influence:SettlePasses", "20"),
            ("Influence:SettleTolerance", "1e-6"),
            ("Influence:VoteCacheSeconds", "0")
        );
        foreach (var each in new[] { app, host })
            each.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero));
        var asked = await app.Get<Publisher>().RequestDailyAsync(default);
        await app.DrainPublicationsAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        // Later, as a host does that was killed before it noted that the timer had fired.
        foreach (var each in new[] { app, host })
            each.Clock.Advance(TimeSpan.FromMinutes(65));
        await Task.WhenAll(app.Get<Publisher>().RequestDailyAsync(default), host.Get<Publisher>().RequestDailyAsync(default));
        await Task.WhenAll(app.DrainPublicationsAsync(), host.DrainPublicationsAsync());
        await app.DrainPublicationsAsync();
        Assert.Equal(board, await BitsAsync(host));
        Assert.Equal(rows, await RowsAsync(app));
        Assert.Equal(asked.Id, (await host.Get<Publisher>().RequestDailyAsync(default)).Id);
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!.Date);
    }

    [Fact]
    public async Task A_timer_set_long_after_midnight_settles_and_ranks_yesterday_as_it_ended()
    {
        await using var app = await CommunityAsync(64, settings: ("PublishSchedule", "0 0 2 * * *"));
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));
        for (var fired = 0; fired < 2; fired++)
        {
            var asked = await app.Get<Publisher>().RequestDailyAsync(default);
            Assert.Equal(new DateOnly(2026, 11, 20), asked.Date);
            await app.DrainPublicationsAsync();
        }

        var board = (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!;
        Assert.Equal((new DateOnly(2026, 11, 20), new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)), (board.Date, board.AsOf));
        await app.SendAsync([app.Share("net:everywhere", "net:fresh")]);
        await app.DrainAsync();
        Assert.InRange((await app.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
        Assert.Single(await new WorkflowStore(app.Deployment.Leaderboards).ListAsync(default));
    }

    [Theory]
    [InlineData(-2000)]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(30_000)]
    public async Task A_timer_set_to_midnight_publishes_the_day_that_ends_once(int milliseconds)
    {
        await using var app = await CommunityAsync(256, settings: ("PublishSchedule", "0 0 0 * * *"));
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(milliseconds));
        var asked = await app.Get<Publisher>().RequestDailyAsync(default);
        await app.DrainPublicationsAsync();
        // Fired again, as a host does that lost its lease.
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(asked.Id, (await app.Get<Publisher>().RequestDailyAsync(default)).Id);
        await app.DrainPublicationsAsync();
        Assert.Single(await new WorkflowStore(app.Deployment.Leaderboards).ListAsync(default));
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!.Date);
    }

    [Fact]
    public async Task A_daily_publication_that_failed_is_made_anew_also_when_its_data_is_gone()
    {
        await using var app = await CommunityAsync(64);
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero));
        var publisher = app.Get<Publisher>();
        var failed = await FailAtSecondStepAsync(app);
        Assert.Equal(PublicationStatus.Failed, (await publisher.FindAsync(failed.Id, default))!.Status);
        // Another publication, and what is past its time goes.
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.PublishAsync();
        await app.Get<Retention>().RunAsync(default);
        Assert.Equal(PublicationStatus.Expired, (await publisher.FindAsync(failed.Id, default))!.Status);
        var again = await publisher.RequestDailyAsync(default);
        Assert.Equal(("2026-11-20.daily.2", PublicationStatus.Running), (again.Id, again.Status));
        await app.DrainPublicationsAsync();
        var done = (await publisher.FindAsync(again.Id, default))!;
        Assert.Equal((PublicationStatus.Published, 52), (done.Status, done.Accounts));
        Assert.Equal(52, (await app.Get<BoardQueries>().FindAsync("global", new(2026, 11, 20), 1, 0, default))!.Total);
        // Asked for once more, it is done.
        Assert.Equal(again.Id, (await publisher.RequestDailyAsync(default)).Id);
    }

    [Fact]
    public async Task A_message_that_failed_for_good_fails_no_publication_that_went_on_without_it()
    {
        await using var app = await CommunityAsync(128);
        var asked = (await app.Get<Publisher>().RequestAsync(null, default))!;
        var first = await ReceiveAsync(app);
        foreach (var text in first)
            await app.Get<Publisher>().RunAsync(text, default);
        await app.Get<Publisher>().FailAsync(first[0], default);
        Assert.Equal(PublicationStatus.Running, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
        await app.DrainPublicationsAsync();
        await app.Get<Publisher>().FailAsync(first[0], default);
        Assert.Equal(PublicationStatus.Published, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
    }

    private static async Task<Publication> FailAtSecondStepAsync(App app)
    {
        var asked = await app.Get<Publisher>().RequestDailyAsync(default);
        foreach (var text in await ReceiveAsync(app))
            await app.Get<Publisher>().RunAsync(text, default);
        await app.Get<Publisher>().FailAsync((await ReceiveAsync(app))[0], default);
        return asked;
    }

    [Fact]
    public async Task A_settlement_that_is_overtaken_while_it_writes_stops_writing()
    {
        await using var app = await CommunityAsync(256);
        var publish = app.Get<Publisher>();
        var early = (await publish.RequestAsync(null, default))!;
        // All steps but the last two.
        for (var step = 0; step < 7; step++)
            foreach (var text in await ReceiveAsync(app))
                await publish.RunAsync(text, default);
        var applies = await ReceiveAsync(app);
        Assert.Contains("apply", Assert.Single(applies), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        await publish.RunAsync(applies[0], default);
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Superseded, (await publish.FindAsync(early.Id, default))!.Status);
        Assert.Equal(board, await BitsAsync(app));
        Assert.Equal(rows, await RowsAsync(app));
    }

    [Fact]
    public async Task A_settlement_that_stood_still_and_goes_on_late_undoes_nothing_of_a_later_one()
    {
        await using var app = await CommunityAsync(256);
        var publish = app.Get<Publisher>();
        var early = (await publish.RequestAsync(null, default))!;
        var waiting = await ReceiveAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.SendAsync([app.Share("net:late", "net:t0", "late"), app.Share("net:everywhere", "net:t1", "late")]);
        await app.DrainAsync();
        await app.PublishAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        var votes = await VotesPointer.FindAsync(app.Deployment.Settlements, default);

        foreach (var text in waiting)
            await publish.RunAsync(text, default);
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Superseded, (await publish.FindAsync(early.Id, default))!.Status);
        Assert.Equal(board, await BitsAsync(app));
        Assert.Equal(rows, await RowsAsync(app));
        Assert.Equal(votes, await VotesPointer.FindAsync(app.Deployment.Settlements, default));

        // Another day, ranked only, forgets what nobody reads: not the votes in force.
        await app.PublishAsync(new DateOnly(2026, 11, 18));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.Get<Retention>().RunAsync(default);
        await using var host = new App(now: app.Clock.GetUtcNow(), beside: app);
        await host.SendAsync([host.Share("net:everywhere", "net:fresh")]);
        await host.DrainAsync();
        Assert.InRange((await host.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
    }

    [Fact]
    public async Task The_votes_in_force_stay_whichever_publication_ended_last()
    {
        await using var app = await CommunityAsync(256);
        await app.PublishAsync();
        // Asked for later, it made its passes, and failed.
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        var failed = (await app.Get<Publisher>().RequestAsync(null, default))!;
        for (var step = 0; step < 5; step++)
            foreach (var text in await ReceiveAsync(app))
                await app.Get<Publisher>().RunAsync(text, default);
        await app.Get<Publisher>().FailAsync((await ReceiveAsync(app)).First(), default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publisher>().FindAsync(failed.Id, default))!.Status);
        foreach (var _ in Enumerable.Range(0, 2))
            await app.PublishAsync(new DateOnly(2026, 11, 18));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.Get<Retention>().RunAsync(default);
        await using var host = new App(now: app.Clock.GetUtcNow(), beside: app);
        await host.SendAsync([host.Share("net:everywhere", "net:fresh")]);
        await host.DrainAsync();
        Assert.InRange((await host.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
    }
}
