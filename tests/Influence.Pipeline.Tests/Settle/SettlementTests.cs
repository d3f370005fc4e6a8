using System.Globalization;
using Azure.Data.Tables;
using Influence.Tests;

namespace Influence.Pipeline.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class SettlementTests(TestAzurite azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(256)]
    [InlineData(32)]
    public async Task Any_grouping_of_shards_gives_the_same_bits(int shardsPerMessage)
    {
        await using var one = await CommunityAsync(128, parallel: 1);
        await using var other = await CommunityAsync(shardsPerMessage, parallel: 4);
        await one.PublishAsync();
        await RunAsync(other, workers: 3);
        Assert.Equal(await BitsAsync(one), await BitsAsync(other));
    }

    [Fact]
    public async Task Ranges_that_end_at_one_moment_ask_for_the_next_step_once()
    {
        await using var app = await CommunityAsync(16);
        var asked = (await app.Get<Publish>().RequestAsync(null, default))!;
        var sent = new List<string>();
        while ((await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            sent.AddRange(messages.Select(m => m.MessageText));
            await Task.WhenAll(messages.Select(m => app.Get<Publish>().RunAsync(m.MessageText, default)));
            foreach (var message in messages) await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        Assert.Equal(PublicationStatus.Published, (await app.Get<Publish>().FindAsync(asked.Id, default))!.Status);
        Assert.Equal(sent.Distinct().Count(), sent.Count);
    }

    [Fact]
    public async Task Two_settlements_in_a_row_change_nothing()
    {
        await using var app = await CommunityAsync(64, tolerance: "1e-6", passes: 20);
        await app.PublishAsync();
        var before = await RowsAsync(app);
        var board = await BitsAsync(app);
        await app.PublishAsync();
        Assert.Equal(before, await RowsAsync(app));
        Assert.Equal(board, await BitsAsync(app));
    }

    [Fact]
    public async Task A_timer_that_fires_twice_on_two_hosts_changes_nothing()
    {
        await using var app = await CommunityAsync(64, tolerance: "1e-6", passes: 20);
        await using var host = new App(azurite, Noon, app.Prefix, ("Influence:SettlePasses", "20"), ("Influence:SettleTolerance", "1e-6"), ("Influence:VoteCacheSeconds", "0"));
        foreach (var each in new[] { app, host }) each.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero));
        var asked = await app.Get<Publish>().RequestDailyAsync(default);
        await app.DrainPublicationsAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        // Later, as a host does that was killed before it noted that the timer had fired.
        foreach (var each in new[] { app, host }) each.Clock.Advance(TimeSpan.FromMinutes(65));
        await Task.WhenAll(app.Get<Publish>().RequestDailyAsync(default), host.Get<Publish>().RequestDailyAsync(default));
        await Task.WhenAll(app.DrainPublicationsAsync(), host.DrainPublicationsAsync());
        await app.DrainPublicationsAsync();
        Assert.Equal(board, await BitsAsync(host));
        Assert.Equal(rows, await RowsAsync(app));
        Assert.Equal(asked.Single().Id, (await host.Get<Publish>().RequestDailyAsync(default)).Single().Id);
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<Boards>().FindAsync("global", null, 1, 0, default))!.Date);
    }

    [Fact]
    public async Task New_facts_count_by_the_published_votes_all_day()
    {
        await using var app = await CommunityAsync(64);
        await app.PublishAsync();
        // The busiest actor spreads thin; someone unknown votes 1.
        await app.SendAsync([app.Share("net:everywhere", "net:fresh"), app.Share("net:unknown", "net:fresher")]);
        await app.DrainAsync();
        var (fresh, fresher) = ((await app.CardAsync("net:fresh"))!, (await app.CardAsync("net:fresher"))!);
        Assert.Equal(1, fresher.Voice, 1e-6);
        Assert.InRange(fresh.Voice, 0.01, 0.9);
    }

    [Fact]
    public async Task Every_message_delivered_twice_in_any_order_ends_in_the_same_board()
    {
        await using var plain = await CommunityAsync(64);
        await using var twice = await CommunityAsync(64);
        await plain.PublishAsync();

        var random = new Random(5);
        await twice.Get<Publish>().RequestAsync(null, default);
        var seen = new List<string>();
        while ((await twice.Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            var texts = messages.Select(m => m.MessageText).Concat(seen).Concat(messages.Select(m => m.MessageText)).ToArray();
            random.Shuffle(texts);
            foreach (var text in texts) await twice.Get<Publish>().RunAsync(text, default);
            foreach (var message in messages) await twice.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            seen.AddRange(messages.Select(m => m.MessageText));
        }

        Assert.Equal(await BitsAsync(plain), await BitsAsync(twice));
    }

    [Fact]
    public async Task A_lost_message_is_asked_for_again_when_the_publication_stands_still()
    {
        await using var app = await CommunityAsync(64);
        var asked = (await app.Get<Publish>().RequestAsync(null, default))!;
        for (var lost = 0; (await app.Get<Publish>().FindAsync(asked.Id, default))!.Status == PublicationStatus.Running; lost++)
        {
            Assert.True(lost < 40);
            // Of everything that waits, the first message is lost.
            var messages = (await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value;
            foreach (var message in messages) await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            foreach (var message in messages.Skip(lost % 2 == 0 ? 1 : 0)) await app.Get<Publish>().RunAsync(message.MessageText, default);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, await app.Get<Publish>().ResumeStalledAsync(default));
            app.Clock.Advance(TimeSpan.FromMinutes(15));
            await app.Get<Publish>().ResumeStalledAsync(default);
        }

        Assert.Equal(12, (await app.Get<Boards>().FindAsync("network:net", null, 1000, 0, default))!.Rows.Count(r => r.Id.StartsWith("net:t", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_timer_set_long_after_midnight_ranks_yesterday_as_it_ended_and_settles_today()
    {
        await using var app = await CommunityAsync(64);
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));
        for (var fired = 0; fired < 2; fired++)
        {
            var asked = await app.Get<Publish>().RequestDailyAsync(default);
            Assert.Equal([new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21)], asked.Select(p => p.Date));
            await app.DrainPublicationsAsync();
        }

        var boards = app.Get<Boards>();
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), (await boards.FindAsync("global", new(2026, 11, 20), 1, 0, default))!.AsOf);
        Assert.Equal(app.Clock.GetUtcNow(), (await boards.FindAsync("global", null, 1, 0, default))!.AsOf);
        await app.SendAsync([app.Share("net:everywhere", "net:fresh")]);
        await app.DrainAsync();
        Assert.InRange((await app.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
        Assert.Equal(2, (await new PublicationLog(app.Deployment.Leaderboards).ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_daily_publication_that_failed_goes_on_when_it_is_asked_for_again()
    {
        await using var app = await CommunityAsync(64);
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 21, 0, 10, 0, TimeSpan.Zero));
        var asked = (await app.Get<Publish>().RequestDailyAsync(default)).Single();
        foreach (var text in await ReceiveAsync(app)) await app.Get<Publish>().RunAsync(text, default);
        await app.Get<Publish>().FailAsync((await ReceiveAsync(app)).First(), default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publish>().FindAsync(asked.Id, default))!.Status);
        Assert.Equal(asked.Id, (await app.Get<Publish>().RequestDailyAsync(default)).Single().Id);
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Published, (await app.Get<Publish>().FindAsync(asked.Id, default))!.Status);
    }

    [Fact]
    public async Task A_settlement_that_is_overtaken_while_it_writes_stops_writing()
    {
        await using var app = await CommunityAsync(256);
        var publish = app.Get<Publish>();
        var early = (await publish.RequestAsync(null, default))!;
        // All steps but the last two.
        for (var step = 0; step < 5; step++)
            foreach (var text in await ReceiveAsync(app)) await publish.RunAsync(text, default);
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
        await using var app = await CommunityAsync(256);
        var publish = app.Get<Publish>();
        var early = (await publish.RequestAsync(null, default))!;
        var waiting = await ReceiveAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.SendAsync([app.Share("net:late", "net:t0", "late"), app.Share("net:everywhere", "net:t1", "late")]);
        await app.DrainAsync();
        await app.PublishAsync();
        var (board, rows) = (await BitsAsync(app), await RowsAsync(app));
        var votes = await VotesPointer.FindAsync(app.Deployment.Settlements, default);

        foreach (var text in waiting) await publish.RunAsync(text, default);
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
        await using var app = await CommunityAsync(256);
        await app.PublishAsync();
        // Asked for later, it made its passes, and failed.
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        var failed = (await app.Get<Publish>().RequestAsync(null, default))!;
        for (var step = 0; step < 4; step++)
            foreach (var text in await ReceiveAsync(app)) await app.Get<Publish>().RunAsync(text, default);
        await app.Get<Publish>().FailAsync((await ReceiveAsync(app)).First(), default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publish>().FindAsync(failed.Id, default))!.Status);
        foreach (var _ in Enumerable.Range(0, 2)) await app.PublishAsync(new DateOnly(2026, 11, 18));
        await using var host = new App(azurite, app.Clock.GetUtcNow(), app.Prefix);
        await host.SendAsync([host.Share("net:everywhere", "net:fresh")]);
        await host.DrainAsync();
        Assert.InRange((await host.CardAsync("net:fresh"))!.Voice, 0.01, 0.9);
    }

    private static async Task<List<string>> ReceiveAsync(App app)
    {
        var messages = (await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value;
        foreach (var message in messages) await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        return [.. messages.Select(m => m.MessageText)];
    }

    private static async Task<Dictionary<(string, string), Azure.ETag>> RowsAsync(App app) =>
        await app.Deployment.Accounts.QueryAsync<TableEntity>().ToDictionaryAsync(r => (r.PartitionKey, r.RowKey), r => r.ETag);

    private async Task<App> CommunityAsync(int shardsPerMessage, int parallel = 8, string tolerance = "0.01", int passes = 3)
    {
        var app = new App(
            azurite,
            Noon,
            null,
            ("Influence:SettlePasses", passes.ToString(CultureInfo.InvariantCulture)),
            ("Influence:SettleTolerance", tolerance),
            ("Influence:VoteCacheSeconds", "0"),
            ("Influence:AccountsAtATime", parallel.ToString(CultureInfo.InvariantCulture)),
            ("Influence:ShardsPerMessage", shardsPerMessage.ToString(CultureInfo.InvariantCulture)));
        // Other seeds give other keys, hence another order of summing: for equal bits deployments must agree in it.
        await app.Deployment.Accounts.CreateIfNotExistsAsync();
        await app.Deployment.Accounts.UpsertEntityAsync(new TableEntity("deployment", "keys") { ["Seed"] = 42L, ["LayoutVersion"] = AccountKeys.Layout });
        return await FilledAsync(app);
    }

    private static async Task<App> FilledAsync(App app)
    {
        var random = new Random(3);
        var items = Enumerable.Range(0, 400).Select(i => app.Share($"net:a{random.Next(40)}", $"net:t{random.Next(12)}", $"{i}", random.Next(86_400)))
            .Concat(Enumerable.Range(0, 40).Select(i => app.Share("net:everywhere", $"net:a{i}", $"e{i}")))
            .Concat(Enumerable.Range(0, 12).Select(i => app.Share($"net:t{i}", $"net:t{(i + 1) % 12}", $"r{i}")));
        await app.SendAsync([.. items]);
        await app.DrainAsync();
        return app;
    }

    private static async Task RunAsync(App app, int workers)
    {
        await app.Get<Publish>().RequestAsync(null, default);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => app.DrainPublicationsAsync()));
        await app.DrainPublicationsAsync();
    }

    private static async Task<List<(string Board, int Rank, string Id, long Score, long Influence)>> BitsAsync(App app)
    {
        var boards = app.Get<Boards>();
        var bits = new List<(string, int, string, long, long)>();
        foreach (var board in (await boards.ListAsync(default)).Leaderboards)
            foreach (var row in (await boards.FindAsync(board.Board, null, 1000, 0, default))!.Rows)
                bits.Add((board.Board, row.Rank, row.Id, BitConverter.DoubleToInt64Bits(row.Score), BitConverter.DoubleToInt64Bits(row.Influence)));
        return bits;
    }
}
