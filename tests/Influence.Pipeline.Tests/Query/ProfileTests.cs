namespace Influence.Pipeline.Tests.Query;

public sealed class ProfileTests
{
    [Fact]
    public async Task A_score_card_is_one_table_operation_however_large_the_account()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:large", age: i * 3600)));
        await app.SendAsync([app.Share("net:a", "net:small")]);
        await app.DrainAsync();
        await app.PublishAsync();
        await app.CardAsync("net:small");
        // Before the first settlement there are no pages of activity: which are in force is asked once, then not for some seconds.
        await app.CardAsync("net:nobody");
        foreach (var account in new[] { "net:small", "net:large", "net:nobody" })
        {
            var count = app.CountCalls();
            await app.CardAsync(account);
            Assert.Equal((1, 1), (count["query"], count.Total));
        }
    }

    [Fact]
    public async Task Nobody_has_no_card()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        // Actors are known by a keyed hash only; another case or network is another account.
        foreach (var id in new[] { "net:nobody", "net:a", "net:T", "other:t", "net:t/" })
            Assert.Null(await app.CardAsync(id));
    }

    [Fact]
    public async Task The_change_is_against_the_ends_of_days_in_utc()
    {
        await using var app = new App();
        Interaction[] items =
        [
            .. new[] { 40, 20, 3, 0 }.SelectMany(days =>
                Enumerable.Range(0, 5).Select(i => app.Share($"net:a{days}/{i}", "net:t", age: days * 86_400))
            ),
        ];
        await app.SendAsync(items);
        await app.DrainAsync();
        var card = await app.CardAsync("net:t");
        var keys = await app.Deployment.KeysAsync(default);
        double Then(int days)
        {
            // What was known by the end of the day so many days ago.
            var (end, world) = (((app.Now / 86_400) - days + 1) * 86_400, new World(keys, app.Now));
            world.Apply(items.Where(i => i.At < end));
            return world.States[AccountId.Parse("net:t")].ScoreAt(end).Value;
        }

        Assert.Equal(card!.Score - Then(1), card.Change.Day, 1e-5);
        Assert.Equal(card.Score - Then(7), card.Change.Week, 1e-5);
        Assert.Equal(card.Score - Then(30), card.Change.Month, 1e-5);
        Assert.Equal((1, app.Clock.GetUtcNow()), (card.Policy, card.AsOf));
    }

    [Fact]
    public async Task A_score_only_fades_without_anything_being_written()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 100).Select(i => app.Share($"net:a{i}", "net:t")));
        await app.DrainAsync();
        var before = await app.CardAsync("net:t");
        app.Clock.Advance(TimeSpan.FromDays(30));
        var after = await app.CardAsync("net:t");
        Assert.Equal(before!.Influence / 2, after!.Influence, 1e-9);
        Assert.InRange(before.Score - after.Score, 1, 3.8);
    }

    [Fact]
    public async Task A_rank_is_never_staler_than_the_cache_allows()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        Assert.Null((await app.CardAsync("net:t"))!.Rank);
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, (await app.CardAsync("net:t"))!.Rank);

        await app.SendAsync([app.Share("net:a", "net:u"), app.Share("net:b", "net:u")]);
        await app.DrainAsync();
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, (await app.CardAsync("net:t"))!.Rank);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await app.CardAsync("net:t"))!.Rank);
    }

    [Fact]
    public async Task Without_a_cache_a_rank_is_of_the_latest_board()
    {
        await using var app = new App(settings: ("Influence:BoardCacheSeconds", "0"));
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        Assert.Null((await app.CardAsync("net:t"))!.Rank);
        await app.PublishAsync();
        Assert.Equal((1, 100.0), ((await app.CardAsync("net:t"))!.Rank, (await app.CardAsync("net:t"))!.Percentile));
    }
}
