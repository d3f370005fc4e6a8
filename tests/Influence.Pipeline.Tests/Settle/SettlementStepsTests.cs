using static Influence.Pipeline.Tests.Support.SettledCommunity;

namespace Influence.Pipeline.Tests.Settle;

public sealed class SettlementTests
{
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
    public async Task Votes_that_do_not_fit_into_memory_give_the_same_bits()
    {
        await using var roomy = await CommunityAsync(64);
        await using var tight = await CommunityAsync(16, settings: ("Influence:SettleVoteMegabytes", "0"));
        await roomy.PublishAsync();
        await RunAsync(tight, workers: 3);
        Assert.Equal(await BitsAsync(roomy), await BitsAsync(tight));
    }

    [Fact]
    public async Task Ranges_that_end_at_one_moment_ask_for_the_next_step_once()
    {
        await using var app = await CommunityAsync(16);
        var asked = (await app.Get<Publisher>().RequestAsync(null, default))!;
        var sent = new List<string>();
        for (
            var round = 0;
            (await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the publication is over")
        )
        {
            sent.AddRange(messages.Select(m => m.MessageText));
            await Task.WhenAll(messages.Select(m => app.Get<Publisher>().RunAsync(m.MessageText, default)));
            foreach (var message in messages)
                await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        Assert.Equal(PublicationStatus.Published, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
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
        await twice.Get<Publisher>().RequestAsync(null, default);
        var seen = new List<string>();
        for (
            var round = 0;
            (await twice.Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the publication is over")
        )
        {
            var texts = messages.Select(m => m.MessageText).Concat(seen).Concat(messages.Select(m => m.MessageText)).ToArray();
            random.Shuffle(texts);
            foreach (var text in texts)
                await twice.Get<Publisher>().RunAsync(text, default);
            foreach (var message in messages)
                await twice.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            seen.AddRange(messages.Select(m => m.MessageText));
        }

        Assert.Equal(await BitsAsync(plain), await BitsAsync(twice));
    }

    [Fact]
    public async Task A_lost_message_is_asked_for_again_when_the_publication_stands_still()
    {
        await using var app = await CommunityAsync(64);
        var asked = (await app.Get<Publisher>().RequestAsync(null, default))!;
        for (var lost = 0; (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status == PublicationStatus.Running; lost++)
        {
            Assert.True(lost < 40);
            // Of everything that waits, the first message is lost.
            var messages = (await app.Deployment.Shards.ReceiveMessagesAsync(32)).Value;
            foreach (var message in messages)
                await app.Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            foreach (var message in messages.Skip(lost % 2 == 0 ? 1 : 0))
                await app.Get<Publisher>().RunAsync(message.MessageText, default);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, await app.Get<Publisher>().ResumeStalledAsync(default));
            app.Clock.Advance(TimeSpan.FromMinutes(15));
            await app.Get<Publisher>().ResumeStalledAsync(default);
        }

        Assert.Equal(
            12,
            (await app.Get<BoardQueries>().FindAsync("network:net", null, 1000, 0, default))!.Rows.Count(r =>
                r.Id.StartsWith("net:t", StringComparison.Ordinal)
            )
        );
    }

    private static async Task RunAsync(App app, int workers)
    {
        await app.Get<Publisher>().RequestAsync(null, default);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => app.DrainPublicationsAsync()));
        await app.DrainPublicationsAsync();
    }
}
