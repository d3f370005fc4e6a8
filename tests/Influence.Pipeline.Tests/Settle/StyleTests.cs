using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Settle;

/// <summary>What accounts did themselves, from the API to the card.</summary>
public sealed class StyleTests
{
    private const int Day = 86_400;

    [Fact]
    public async Task A_settlement_puts_the_style_of_the_last_28_days_on_the_card()
    {
        await using var app = Settling();
        await app.SendAsync([
            // Whoever is on a card was engaged by somebody.
            app.Share("net:fan", "net:own"),
            .. Enumerable.Range(0, 15).Select(i => Post("net:own", app.Now - (i * Day), "dotnet")),
            app.Share("net:own", "net:other", age: 40 * Day),
            app.Share("net:own", "net:other", age: 3 * Day),
            app.Share("net:own", "net:other", age: 2 * Day) with
            {
                Type = InteractionType.Quote,
            },
            app.Share("net:own", "net:other") with
            {
                Type = InteractionType.Like,
            },
            app.Share("net:own", "net:other") with
            {
                Type = InteractionType.Follow,
            },
        ]);
        await app.DrainAsync();
        Assert.Null((await app.CardAsync("net:own"))!.Style);
        await app.PublishAsync();
        Assert.Equal(
            new ScoreCardStyle("regular specialist author", true, true, true, true, 15, 2, 0, 1, 1, 15),
            (await app.CardAsync("net:own"))!.Style
        );
        // Who did nothing has none.
        await app.SendAsync([app.Share("net:fan", "net:silent")]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Null((await app.CardAsync("net:silent"))!.Style);
        Assert.Null((await app.CardAsync("net:silent"))!.EngagesBack);
    }

    [Fact]
    public async Task A_card_tells_how_many_of_the_twenty_top_people_the_account_engages_back()
    {
        await using var app = Settling();
        // Thirty fans, of whom ten only look; five of the twenty who count most are engaged back, and five of the others.
        await app.SendAsync([
            .. Enumerable
                .Range(0, 30)
                .Select(i => app.Share($"net:fan{i}", "net:own") with { Type = i < 10 ? InteractionType.View : InteractionType.Share }),
            .. Enumerable.Range(0, 5).Select(i => app.Share("net:own", $"net:fan{i}")),
            .. Enumerable.Range(25, 5).Select(i => app.Share("net:own", $"net:fan{i}", age: 27 * Day)),
            app.Share("net:own", "net:fan24", age: 29 * Day),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(5, (await app.CardAsync("net:own"))!.EngagesBack);
    }

    [Fact]
    public async Task A_style_is_rewritten_where_what_was_measured_changed_and_nowhere_else()
    {
        await using var app = Settling();
        await app.SendAsync([
            .. Enumerable.Range(0, 40).Select(i => app.Share($"net:a{i}", $"net:t{i % 8}")),
            .. Enumerable.Range(0, 8).Select(i => Post($"net:t{i}", app.Now - (i * 4 * Day), "t")),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        var before = await SettledCommunity.RowsAsync(app);
        await app.PublishAsync();
        Assert.Equal(before, await SettledCommunity.RowsAsync(app));
        // A day later the window has moved past one of the eight posts, of 28 days ago.
        Assert.Equal(1u, (await app.CardAsync("net:t6"))!.Style!.Posts);
        app.Clock.Advance(TimeSpan.FromDays(4));
        var rows = await StylesAsync(app);
        await app.PublishAsync();
        Assert.Equal(["net:t6"], (await StylesAsync(app)).Where(s => rows[s.Key] != s.Value).Select(s => s.Key));
    }

    [Fact]
    public async Task An_account_has_the_name_that_its_own_facts_told_last()
    {
        await using var app = Settling();
        await app.SendAsync([
            app.Share("net:fan", "net:own", age: 60) with
            {
                TargetName = "Old",
            },
            Post("net:own", app.Now - 30, "t") with
            {
                ActorName = "Zoë",
            },
            Post("net:own", app.Now - 90, "t") with
            {
                ActorName = "Older",
            },
            app.Share("net:quiet", "net:own") with
            {
                ActorName = "Quiet",
            },
        ]);
        await app.DrainAsync();
        Assert.Equal("Old", (await app.CardAsync("net:own"))!.Name);
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Zoë", (await app.CardAsync("net:own"))!.Name);
        Assert.Equal("Quiet", (await app.CardAsync("net:quiet"))!.Name);
        // A later name by somebody else takes its place.
        await app.SendAsync([app.Share("net:fan", "net:own") with { TargetName = "New" }]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal("New", (await app.CardAsync("net:own"))!.Name);
    }

    [Fact]
    public async Task Who_only_engaged_others_has_a_card_of_score_1_that_says_what_it_did()
    {
        await using var app = Settling();
        await app.SendAsync([
            app.Share("net:a", "net:t") with
            {
                Context = FactContext.Of(["dotnet"], null),
            },
            app.Share("net:a", "net:u", age: 2 * Day) with
            {
                Type = InteractionType.Reply,
            },
        ]);
        await app.DrainAsync();
        Assert.Null(await app.CardAsync("net:a"));
        await app.PublishAsync();
        // Which pages are in force is asked again after some seconds.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var card = (await app.CardAsync("net:a"))!;
        Assert.Equal((1, 0, true, (int?)null), (card.Score, card.Influence, card.OnlyEngages, card.Rank));
        Assert.Equal("occasional specialist curator", card.Style!.Name);
        Assert.Equal((0L, 1L, 1L, 0L, 0L, 0L, 2), Counts(card.Activity!));
        Assert.Equal(["dotnet"], card.Activity!.Topics);
        Assert.Null((await app.CardAsync("net:t"))!.OnlyEngages);
        Assert.Null(await app.CardAsync("net:nobody"));
        // A read more than an ordinary card; which pages are in force is known.
        var count = app.CountCalls();
        await app.CardAsync("net:a");
        Assert.Equal((2, 2), (count["query"], count.Total));
        count = app.CountCalls();
        await app.CardAsync("net:t");
        Assert.Equal((1, 1), (count["query"], count.Total));
        // The window passes it.
        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await app.CardAsync("net:a"));
    }

    [Fact]
    public async Task An_account_in_rows_of_its_own_has_a_style_too()
    {
        await using var app = Settling();
        await app.SendAsync([
            .. Enumerable.Range(0, 3000).Select(i => app.Share($"net:a{i}", "net:large", age: i * 600)),
            Post("net:large", app.Now, "t"),
        ]);
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(1, (await app.CardAsync("net:large"))!.Style!.Posts);
    }

    [Fact]
    public async Task Retention_leaves_the_pages_that_are_in_force()
    {
        await using var app = Settling();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        for (var day = 0; day < 6; day++)
        {
            await app.PublishAsync();
            app.Clock.Advance(TimeSpan.FromDays(1));
            await app.Get<Retention>().RunAsync(default);
        }

        Assert.NotNull(await app.CardAsync("net:a"));
        var editions = await app.Deployment.Settlements.QueryAsync<TableEntity>().Select(r => r.PartitionKey).ToListAsync();
        Assert.InRange(editions.Where(p => p.Contains("|activity|", StringComparison.Ordinal)).Distinct().Count(), 1, 2);
    }

    private static App Settling() => new(settings: [("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0")]);

    private static async Task<Dictionary<string, Style?>> StylesAsync(App app)
    {
        var hasher = await app.Deployment.KeysAsync(default);
        return await app
            .Deployment.Accounts.QueryAsync<TableEntity>(r => r.PartitionKey != "deployment")
            .Where(r => AccountKeys.IsState(r.RowKey))
            .ToDictionaryAsync(
                r => r.GetString("Account"),
                r => AccountRow.ReadSummary(r, AccountId.Parse(r.GetString("Account")), hasher).Style
            );
    }

    private static Interaction Post(string actor, long at, string topic) =>
        new()
        {
            Type = InteractionType.Post,
            Actor = AccountId.Parse(actor),
            At = at,
            Context = FactContext.Of([topic], null),
        };

    private static (long, long, long, long, long, long, int) Counts(ScoreCardActivity a) =>
        (a.Posts, a.Shares, a.Replies, a.Quotes, a.Likes, a.Others, a.ActiveDays);
}
