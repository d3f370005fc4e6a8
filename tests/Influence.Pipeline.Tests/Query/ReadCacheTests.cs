namespace Influence.Pipeline.Tests.Query;

[Collection(AzuriteCollection.Name)]
public sealed class ReadCacheTests(TestAzurite azurite)
{
    [Fact]
    public async Task A_card_and_a_page_in_the_news_cost_one_read_for_as_long_as_they_may_be_kept()
    {
        await using var app = await PublishedAsync();
        var (profiles, boards, account) = (app.Get<ProfileQueries>(), app.Get<BoardQueries>(), AccountId.Parse("net:t"));
        await app.CardAsync("net:t");
        await boards.FindAsync("global", null, 10, 0, default);
        using (var count = new StorageCount())
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => profiles.FindAsync(account, default)));
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => boards.FindAsync("global", null, 10, default, default)));
            Assert.Equal(0, count.Total);
        }

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using (var count = new StorageCount())
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => profiles.FindAsync(account, default)));
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => boards.FindAsync("global", null, 10, default, default)));
            // The card, the latest board's totals, and who was erased; the page is kept for longer.
            Assert.InRange(count.Total, 1, 4);
        }
    }

    [Fact]
    public async Task What_callers_may_keep_is_never_older_than_the_promise()
    {
        await using var app = await PublishedAsync();
        var (profiles, account) = (app.Get<ProfileQueries>(), AccountId.Parse("net:t"));
        foreach (var (seconds, left) in new[] { (0, 30), (12, 18), (17, 1), (1, 30) })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(left, (await profiles.FindFreshAsync(account, default))!.FreshSeconds);
        }
    }

    [Fact]
    public async Task Who_is_unknown_is_looked_for_each_time()
    {
        await using var app = await PublishedAsync();
        Assert.Null(await app.CardAsync("net:new"));
        await app.SendAsync([app.Share("net:a", "net:new")]);
        await app.DrainAsync();
        Assert.NotNull(await app.CardAsync("net:new"));
    }

    private async Task<App> PublishedAsync()
    {
        var app = new App(azurite, settings: [("Influence:CardCacheSeconds", "30"), ("Influence:PageCacheSeconds", "60")]);
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        return app;
    }
}
