using static Influence.Pipeline.Tests.Support.SettledCommunity;

namespace Influence.Pipeline.Tests.Publish;

/// <summary>Of several publications the one asked for later counts, and the timer asks once a day.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class PublicationOrderTests(TestAzurite azurite)
{
    [Fact]
    public async Task A_timer_that_fires_twice_on_two_hosts_changes_nothing()
    {
        await using var app = await CommunityAsync(azurite, 64, tolerance: "1e-6", passes: 20);
        await using var host = new App(
            azurite,
            Noon,
            app.Prefix,
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
        Assert.Equal(asked.Single().Id, (await host.Get<Publisher>().RequestDailyAsync(default)).Single().Id);
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!.Date);
    }

    [Fact]
    public async Task A_timer_set_long_after_midnight_ranks_yesterday_as_it_ended_and_settles_today()
    {
        await using var app = await CommunityAsync(azurite, 64);
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));
        for (var fired = 0; fired < 2; fired++)
        {
            var asked = await app.Get<Publisher>().RequestDailyAsync(default);
            Assert.Equal([new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21)], asked.Select(p => p.Date));
            await app.DrainPublicationsAsync();
        }

        var boards = app.Get<BoardQueries>();
        Assert.Equal(
            new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
            (await boards.FindAsync("global", new(2026, 11, 20), 1, 0, default))!.AsOf
        );
        Assert.Equal(app.Clock.GetUtcNow(), (await boards.FindAsync("global", null, 1, 0, default))!.AsOf);
        await app.SendAsync([app.Share("net:everywhere", "net:fresh")]);
        await app.DrainAsync();
        Assert.InRange((await app.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
        Assert.Equal(2, (await new PublicationLog(app.Deployment.Leaderboards).ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_daily_publication_that_failed_goes_on_when_it_is_asked_for_again()
    {
        await using var app = await CommunityAsync(azurite, 64);
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero));
        var asked = (await app.Get<Publisher>().RequestDailyAsync(default)).Single();
        foreach (var text in await ReceiveAsync(app))
            await app.Get<Publisher>().RunAsync(text, default);
        await app.Get<Publisher>().FailAsync((await ReceiveAsync(app)).First(), default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
        var again = (await app.Get<Publisher>().RequestDailyAsync(default)).Single();
        Assert.Equal((asked.Id, PublicationStatus.Running), (again.Id, again.Status));
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Published, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
    }

    [Fact]
    public async Task A_settlement_that_is_overtaken_while_it_writes_stops_writing()
    {
        await using var app = await CommunityAsync(azurite, 256);
        var publish = app.Get<Publisher>();
        var early = (await publish.RequestAsync(null, default))!;
        // All steps but the last two.
        for (var step = 0; step < 5; step++)
            foreach (var text in await ReceiveAsync(app))
                await publish.RunAsync(text, default);
        var applies = await ReceiveAsync(app);
        Assert.Contains("apply", Assert.Single(applies), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        await publish.RunAsync(applies[0], default);
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Published, (await publish.FindAsync(early.Id, default))!.Status);
        Assert.Equal(board, await BitsAsync(app));
        Assert.Equal(rows, await RowsAsync(app));
    }

    [Fact]
    public async Task A_settlement_that_stood_still_and_goes_on_late_undoes_nothing_of_a_later_one()
    {
        await using var app = await CommunityAsync(azurite, 256);
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
        Assert.Equal(PublicationStatus.Published, (await publish.FindAsync(early.Id, default))!.Status);
        Assert.Equal(board, await BitsAsync(app));
        Assert.Equal(rows, await RowsAsync(app));
        Assert.Equal(votes, await VotesPointer.FindAsync(app.Deployment.Settlements, default));

        // Another day, ranked only, forgets what nobody reads: not the votes in force.
        await app.PublishAsync(new DateOnly(2026, 11, 18));
        await using var host = new App(azurite, app.Clock.GetUtcNow(), app.Prefix);
        await host.SendAsync([host.Share("net:everywhere", "net:fresh")]);
        await host.DrainAsync();
        Assert.InRange((await host.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
    }

    [Fact]
    public async Task The_votes_in_force_stay_whichever_publication_ended_last()
    {
        await using var app = await CommunityAsync(azurite, 256);
        await app.PublishAsync();
        // Asked for later, it made its passes, and failed.
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        var failed = (await app.Get<Publisher>().RequestAsync(null, default))!;
        for (var step = 0; step < 4; step++)
            foreach (var text in await ReceiveAsync(app))
                await app.Get<Publisher>().RunAsync(text, default);
        await app.Get<Publisher>().FailAsync((await ReceiveAsync(app)).First(), default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publisher>().FindAsync(failed.Id, default))!.Status);
        foreach (var _ in Enumerable.Range(0, 2))
            await app.PublishAsync(new DateOnly(2026, 11, 18));
        await using var host = new App(azurite, app.Clock.GetUtcNow(), app.Prefix);
        await host.SendAsync([host.Share("net:everywhere", "net:fresh")]);
        await host.DrainAsync();
        Assert.InRange((await host.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
    }
}
