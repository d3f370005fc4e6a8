namespace Influence.Pipeline.Tests.Settle;

/// <summary>What audiences are made of, from a settlement to the card and the operators' notices.</summary>
public sealed class MakeupTests
{
    private const int Day = 86_400;

    [Fact]
    public async Task A_card_tells_its_people_by_their_own_score_and_whether_they_engage_others()
    {
        await using var app = Settling();
        await app.SendAsync([
            // One of ten engages somebody else too, one is somebody: a hundred people engage it.
            .. Enumerable.Range(0, 10).Select(i => app.Share($"net:a{i}", "net:t")),
            app.Share("net:a0", "net:u"),
            .. Enumerable.Range(0, 100).Select(i => app.Share($"net:b{i}", "net:a1")),
        ]);
        await app.DrainAsync();
        Assert.Null((await app.CardAsync("net:t"))!.Makeup);
        await app.PublishAsync();
        var makeup = (await app.CardAsync("net:t"))!.Makeup!;
        Assert.Equal([("under 10", 9L), ("30–40", 1L)], makeup.Bands.Where(b => b.People > 0).Select(b => (b.Band, b.People)));
        // The one with a name of its own weighs more than each of the nine.
        Assert.InRange(makeup.Elsewhere, 0.05, 0.0999);
        Assert.Contains("10 people", makeup.Sentence, StringComparison.Ordinal);
        Assert.Null(makeup.Note);
    }

    [Fact]
    public async Task A_make_up_that_hardly_moved_is_not_written_again()
    {
        await using var app = await SettledCommunity.CommunityAsync(64, tolerance: "1e-6", passes: 20);
        await app.PublishAsync();
        var before = await SettledCommunity.RowsAsync(app);
        await app.PublishAsync();
        Assert.Equal(before, await SettledCommunity.RowsAsync(app));
    }

    [Fact]
    public async Task An_influence_that_more_than_doubled_within_a_week_is_noted()
    {
        await using var app = Settling();
        await app.SendAsync([
            .. Enumerable.Range(0, 10).Select(i => app.Share($"net:a{i}", "net:t", age: i < 4 ? 8 * Day : 0)),
            .. Enumerable.Range(0, 10).Select(i => app.Share($"net:a{i}", "net:u", age: i < 6 ? 8 * Day : 0)),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Contains("doubled", (await app.CardAsync("net:t"))!.Makeup!.Note, StringComparison.Ordinal);
        Assert.Null((await app.CardAsync("net:u"))!.Makeup!.Note);
    }

    [Theory]
    // A ring of 60 that engages nobody else beside a community, and beside next to nobody; one of 49.
    [InlineData(60, 300, true)]
    [InlineData(60, 5, false)]
    [InlineData(49, 300, false)]
    public async Task Operators_are_told_of_a_crowd_that_engages_nobody_else(int ring, int members, bool isNoticed)
    {
        await using var app = Settling(("Influence:ShardsPerMessage", "64"));
        Assert.Null(await app.Get<AudienceQueries>().FindAsync(default));
        await app.SendAsync([
            .. Enumerable.Range(0, ring).Select(i => app.Share($"net:fake{i}", "net:hub")),
            .. Enumerable.Range(0, members).SelectMany(i => new[] { 1, 2, 3 }.Select(t => app.Share($"net:m{i}", $"net:t{(i + t) % 7}"))),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var report = (await app.Get<AudienceQueries>().FindAsync(default))!;
        Assert.Equal(app.Clock.GetUtcNow(), report.AsOf);
        Assert.Equal(isNoticed ? ["net:hub"] : [], report.Notices.Select(n => n.Id));
        if (isNoticed)
            Assert.Equal((60L, 0.0), (report.Notices[0].People, report.Notices[0].Elsewhere));
        Assert.Equal(members > ring, report.Elsewhere > 0.3);
        // A publication that only ranks leaves them as they are.
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.PublishAsync(new DateOnly(2026, 11, 20));
        Assert.Equal(report.Notices, (await app.Get<AudienceQueries>().FindAsync(default))!.Notices);
    }

    private static App Settling(params (string Key, string Value)[] settings) =>
        new(settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"), .. settings]);
}
