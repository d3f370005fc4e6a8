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
    public async Task What_broke_off_is_taken_up_again()
    {
        await using var app = new App();
        await SendAsync(app);
        var keys = await app.Deployment.AccountKeysAsync(default);
        var accounts = new[] { "net:a", "web:b" }.Select(AccountId.Parse);
        // As a host leaves it that dies after the first write.
        var profile = new ProfileDocument
        {
            Id = AccountId.Parse("net:a"),
            Accounts = [.. accounts],
            Since = app.Now,
            IsPending = true,
            At = app.Clock.GetUtcNow(),
        };
        Assert.True(await new ProfileStore(app.Deployment.Profiles, keys).TryWriteAsync(null, profile, default));
        Assert.Null((await app.CardAsync("net:a"))!.Accounts);
        Assert.Equal(0, await app.Get<ProfileEditor>().ResumeAsync(default));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await app.Get<ProfileEditor>().ResumeAsync(default));
        Assert.Equal(["net:a", "web:b"], (await app.CardAsync("web:b"))!.Accounts!);
        Assert.Equal(0, await app.Get<ProfileEditor>().ResumeAsync(default));
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

    // Ann has two accounts, which engage each other; others engage both.
    private static async Task SendAsync(App app)
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

    private static Task<ProfileResult> PutAsync(App app, string id, bool isPreview, params string[] accounts) =>
        app.Get<ProfileEditor>()
            .PutAsync(AccountId.Parse(id), new ProfileChange([.. accounts.Select(AccountId.Parse)], null, null, null), isPreview, default);

    private static async Task<List<string>> SummariesAsync(App app)
    {
        var rows = new List<string>();
        foreach (var account in new[] { "net:a", "web:b" })
            rows.Add(Convert.ToHexString((await app.StateRowAsync(account)).GetBinary("Summary")));
        return rows;
    }
}
