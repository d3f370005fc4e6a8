namespace Influence.Pipeline.Tests.Profiles;

/// <summary>What an operator says of an account, and takes back.</summary>
public sealed class StandingTests
{
    private static readonly AccountId Bot = AccountId.Parse("net:bot");

    [Fact]
    public async Task A_bot_is_kept_and_shown_apart_without_a_rank_and_back_again_to_the_byte()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:x", "net:bot"), app.Share("net:x", "net:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        var before = (await app.StateRowAsync("net:bot")).GetBinary("Summary");
        Assert.Equal(Standing.Member, await SetAsync(app, Standing.Bot));
        var card = (await app.CardAsync("net:bot"))!;
        Assert.Equal(("bot", (int?)null), (card.Standing, card.Rank));
        Assert.True(card.Score > 1);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.DoesNotContain(await BoardAsync(app), r => r.Id == "net:bot");

        Assert.Equal(Standing.Bot, await SetAsync(app, Standing.Member));
        Assert.Equal(before, (await app.StateRowAsync("net:bot")).GetBinary("Summary"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.Contains(await BoardAsync(app), r => r.Id == "net:bot");
    }

    [Theory]
    [InlineData(Standing.Bot)]
    [InlineData(Standing.Excluded)]
    public async Task From_the_next_settlement_on_it_has_no_vote(Standing standing)
    {
        await using var app = new App(null, null, null, ("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"));
        await app.SendAsync([app.Share("net:bot", "net:t")]);
        await app.DrainAsync();
        var before = (await app.CardAsync("net:t"))!.Influence;
        // It only engaged others so far: nothing is stored of it yet.
        await SetAsync(app, standing);
        Assert.Equal(before, (await app.CardAsync("net:t"))!.Influence, 1e-12);
        await app.PublishAsync();
        Assert.Equal(0, (await app.CardAsync("net:t"))!.Influence);
        await SetAsync(app, Standing.Member);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.Equal(before, (await app.CardAsync("net:t"))!.Influence, 1e-3);
    }

    private static Task<Standing?> SetAsync(App app, Standing standing) => app.Get<Standings>().SetAsync(Bot, standing, default);

    private static async Task<IReadOnlyList<BoardRow>> BoardAsync(App app) =>
        (await app.Get<BoardQueries>().FindAsync("global", null, 100, default, default))!.Page.Rows;
}
