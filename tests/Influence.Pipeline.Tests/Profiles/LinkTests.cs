namespace Influence.Pipeline.Tests.Profiles;

/// <summary>Accounts become a profile, and accounts again.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task Linked_accounts_are_one_profile_without_the_ties_among_them()
    {
        await using var app = new App();
        await SendAsync(app);
        var (a, b) = ((await app.CardAsync("net:a"))!, (await app.CardAsync("web:b"))!);
        var preview = await PutAsync(app, "net:a", isPreview: true, "net:a", "web:b");
        Assert.True(preview.Profile!.Preview);
        Assert.Null((await app.CardAsync("net:a"))!.Accounts);

        var linked = await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        Assert.Equal(
            preview.Profile with
            {
                Preview = null,
                Before = [],
                Accounts = [],
            },
            linked.Profile! with
            {
                Before = [],
                Accounts = [],
            }
        );
        var card = (await app.CardAsync("web:b"))!;
        Assert.Equal((await app.CardAsync("net:a"))!.Score, card.Score);
        Assert.Equal(("net:a", "Ann"), (card.Id, card.Name));
        Assert.Equal(["net:a", "web:b"], card.Accounts!);
        Assert.Equal(a.Influence + b.Influence - linked.Profile!.Inner, card.Influence, 1e-12);
        Assert.InRange(linked.Profile.Inner, 0.1, 2);
        Assert.Equal(linked.Profile.Influence, card.Influence, 1e-12);
        Assert.Equal(a.Coverage.People + b.Coverage.People - 2, card.Coverage.People);
    }

    [Fact]
    public async Task Unlinked_every_account_is_to_the_byte_what_it_was()
    {
        await using var app = new App();
        await SendAsync(app);
        var before = await SummariesAsync(app);
        await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        Assert.NotEqual(before[0], (await SummariesAsync(app))[0]);
        var result = await app.Get<ProfileEditor>().DeleteAsync(AccountId.Parse("web:b"), false, default);
        Assert.Equal(ProfileOutcome.Done, result.Outcome);
        Assert.Equal(before, await SummariesAsync(app));
        Assert.Null((await app.CardAsync("net:a"))!.Accounts);
        Assert.Equal(
            ProfileOutcome.UnknownProfile,
            (await app.Get<ProfileEditor>().DeleteAsync(AccountId.Parse("web:b"), false, default)).Outcome
        );
    }

    [Fact]
    public async Task An_account_of_another_profile_is_refused_by_its_name()
    {
        await using var app = new App();
        await SendAsync(app);
        await app.SendAsync([app.Share("net:x", "net:c")]);
        await app.DrainAsync();
        await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        var refused = await PutAsync(app, "net:c", isPreview: false, "net:c", "web:b");
        Assert.Equal(ProfileOutcome.LinkedElsewhere, refused.Outcome);
        Assert.Equal(("web:b", "net:a"), (refused.Account?.Value, refused.Other?.Value));
        Assert.Equal(ProfileOutcome.UnknownAccount, (await PutAsync(app, "net:c", false, "net:c", "net:nobody")).Outcome);
    }

    [Fact]
    public async Task The_first_account_names_it_and_an_account_can_leave()
    {
        await using var app = new App();
        await SendAsync(app);
        await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await PutAsync(app, "net:a", isPreview: false, "web:b", "net:a");
        Assert.Equal("web:b", (await app.CardAsync("net:a"))!.Id);
        await PutAsync(app, "web:b", isPreview: false, "web:b");
        Assert.Equal("net:a", (await app.CardAsync("net:a"))!.Id);
        Assert.Null((await app.CardAsync("net:a"))!.Accounts);
        Assert.Equal(["web:b"], (await app.CardAsync("web:b"))!.Accounts!);
    }

    [Fact]
    public async Task A_profile_of_ten_accounts_is_eleven_reads()
    {
        await using var app = new App();
        string[] accounts = [.. Enumerable.Range(0, 10).Select(i => $"n{i}:a")];
        await app.SendAsync(accounts.Select(a => app.Share("net:x", a)));
        await app.DrainAsync();
        await PutAsync(app, "n0:a", isPreview: false, accounts);
        await app.CardAsync("n0:a");
        var count = app.CountCalls();
        var card = await app.CardAsync("n9:a");
        Assert.Equal(10, card!.Accounts!.Count);
        Assert.Equal(11, count["query"]);
    }

    [Fact]
    public async Task On_every_board_it_is_one_place_that_any_of_its_accounts_finds()
    {
        await using var app = new App(null, null, null, ("Influence:ShardsPerMessage", "16"));
        await SendAsync(app);
        await app.SendAsync(Enumerable.Range(0, 3).Select(i => app.Share($"net:z{i}", "net:other")));
        await app.DrainAsync();
        await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        var card = (await app.CardAsync("web:b"))!;
        var (global, web) = (await BoardAsync(app, "global"), await BoardAsync(app, "network:web"));
        var row = Assert.Single(global.Rows, r => r.Id is "net:a" or "web:b");
        Assert.Equal(("net:a", "Ann"), (row.Id, row.Name));
        Assert.Equal(card.Influence, row.Influence, 1e-9);
        Assert.Equal(row.Rank, card.Rank);
        Assert.Equal(2, global.Total);
        // There with what that account brings alone.
        Assert.InRange(Assert.Single(web.Rows).Influence, 0.1, row.Influence - 0.1);
        Assert.Equal("net:a", web.Rows[0].Id);
        foreach (var board in new[] { "week", "month", "newcomers", "movers" })
            Assert.Single((await BoardAsync(app, board)).Rows, r => r.Id == "net:a");
        var around = await app.Get<BoardQueries>().AroundAsync("global", null, AccountId.Parse("web:b"), 5, default);
        Assert.Equal((row.Rank, "net:a"), (around!.Rank, around.Id));
        Assert.Contains(around.Rows, r => r.Id == "net:a");
    }

    [Fact]
    public async Task A_profile_with_an_account_that_is_no_person_is_on_no_board()
    {
        await using var app = new App();
        await SendAsync(app);
        await PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        await app.Get<Standings>().SetAsync(AccountId.Parse("web:b"), Standing.Excluded, default);
        await app.PublishAsync();
        Assert.Empty((await BoardAsync(app, "global")).Rows);
        var card = (await app.CardAsync("net:a"))!;
        Assert.Equal(("excluded", (int?)null), (card.Standing, card.Rank));
    }

    [Fact]
    public async Task An_account_that_only_engages_others_can_be_linked_once_a_settlement_has_seen_it()
    {
        await using var app = new App(null, null, null, ("Influence:SettlePasses", "2"), ("Influence:VoteCacheSeconds", "0"));
        await app.SendAsync([app.Share("web:alt", "net:a"), app.Share("net:x", "net:a")]);
        await app.DrainAsync();
        Assert.Equal(ProfileOutcome.UnknownAccount, (await PutAsync(app, "net:a", false, "net:a", "web:alt")).Outcome);
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = (await app.CardAsync("net:a"))!.Influence;
        var linked = await PutAsync(app, "net:a", false, "net:a", "web:alt");
        Assert.Equal(ProfileOutcome.Done, linked.Outcome);
        Assert.Equal(before / 2, (await app.CardAsync("web:alt"))!.Influence, 1e-6);
        Assert.Equal(before / 2, linked.Profile!.Inner, 1e-6);
        await app.PublishAsync();
        Assert.Equal("net:a", Assert.Single((await BoardAsync(app, "newcomers")).Rows).Id);
    }

    [Fact]
    public async Task An_account_that_only_engages_others_has_its_card_again_after_a_link_and_a_standing()
    {
        await using var app = new App(null, null, null, ("Influence:SettlePasses", "2"), ("Influence:VoteCacheSeconds", "0"));
        await app.SendAsync([app.Share("web:alt", "net:a") with { ActorName = "Alt" }, app.Share("net:x", "net:a")]);
        await app.DrainAsync();
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = (await app.CardAsync("web:alt"))!;
        Assert.True(before.OnlyEngages);
        var alt = AccountId.Parse("web:alt");
        await app.Get<Standings>().SetAsync(alt, Standing.Bot, default);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((true, "bot"), ((await app.CardAsync("web:alt"))!.OnlyEngages, (await app.CardAsync("web:alt"))!.Standing));
        await app.Get<Standings>().SetAsync(alt, Standing.Member, default);
        await PutAsync(app, "net:a", false, "net:a", "web:alt");
        await app.Get<ProfileEditor>().DeleteAsync(alt, false, default);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = (await app.CardAsync("web:alt"))!;
        Assert.Equal((true, "Alt", null), (after.OnlyEngages, after.Name, after.Standing));
        Assert.Equal(before.Activity! with { Topics = [] }, after.Activity! with { Topics = [] });
    }

    private static async Task<BoardPage> BoardAsync(App app, string board) =>
        (await app.Get<BoardQueries>().FindAsync(board, null, 100, default, default))!.Page;

    // Ann has two accounts, which engage each other; others engage both.
    internal static async Task SendAsync(App app)
    {
        await app.SendAsync([
            app.Share("net:x", "net:a") with
            {
                TargetName = "Ann",
            },
            app.Share("net:y", "net:a", age: 86_400),
            app.Share("net:x", "web:b"),
            app.Share("web:b", "net:a", age: 3600),
            app.Share("net:a", "web:b", age: 7200),
        ]);
        await app.DrainAsync();
    }

    internal static Task<ProfileResult> PutAsync(App app, string id, bool isPreview, params string[] accounts) =>
        app.Get<ProfileEditor>()
            .PutAsync(AccountId.Parse(id), new ProfileChange([.. accounts.Select(AccountId.Parse)], null, null, null), isPreview, default);

    internal static async Task<List<string>> SummariesAsync(App app)
    {
        var rows = new List<string>();
        foreach (var account in new[] { "net:a", "web:b" })
            rows.Add(Convert.ToHexString((await app.StateRowAsync(account)).GetBinary("Summary")));
        return rows;
    }
}
