using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Profiles;

/// <summary>Links whose making or ending broke off half way.</summary>
public sealed class BrokenOffLinkTests
{
    [Fact]
    public async Task What_broke_off_is_taken_up_again()
    {
        await using var app = new App();
        await LinkTests.SendAsync(app);
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
    public async Task What_was_linked_anew_meanwhile_is_not_unlinked_by_what_is_taken_up_again()
    {
        await using var app = new App();
        await LinkTests.SendAsync(app);
        await LinkTests.PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        var store = new ProfileStore(app.Deployment.Profiles, await app.Deployment.AccountKeysAsync(default));
        var linked = (await store.FindAsync(AccountId.Parse("net:a"), default))!;
        // As a host leaves it that dies while it unlinks; then both are linked within the same second.
        var unlinked = linked with
        {
            Accounts = [],
            Released = linked.Accounts,
            Since = linked.Since + 1,
            IsPending = true,
        };
        Assert.True(await store.TryWriteAsync(linked, unlinked, default));
        await LinkTests.PutAsync(app, "web:b", isPreview: false, "web:b", "net:a");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        // The second link finished the first change before it made its own.
        Assert.Equal(0, await app.Get<ProfileEditor>().ResumeAsync(default));
        Assert.Equal(["web:b", "net:a"], (await app.CardAsync("net:a"))!.Accounts!);
    }

    [Theory]
    [InlineData("net:a")]
    [InlineData("web:b")]
    public async Task A_profile_whose_dissolving_broke_off_is_dissolved_by_the_same_call(string account)
    {
        await using var app = new App();
        await LinkTests.SendAsync(app);
        var before = await LinkTests.SummariesAsync(app);
        await BreakOffDissolvingAsync(app);
        var editor = app.Get<ProfileEditor>();
        Assert.Equal(ProfileOutcome.Done, (await editor.DeleteAsync(AccountId.Parse(account), false, default)).Outcome);
        Assert.Equal(before, await LinkTests.SummariesAsync(app));
        Assert.Equal(ProfileOutcome.UnknownProfile, (await editor.DeleteAsync(AccountId.Parse(account), false, default)).Outcome);
        Assert.Equal(0, await app.Deployment.Profiles.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task An_account_whose_release_broke_off_joins_another_profile_after_it_left()
    {
        await using var app = new App();
        await LinkTests.SendAsync(app);
        await app.SendAsync([app.Share("net:x", "net:c")]);
        await app.DrainAsync();
        await BreakOffDissolvingAsync(app);
        Assert.Equal(ProfileOutcome.Done, (await LinkTests.PutAsync(app, "net:c", isPreview: false, "net:c", "web:b")).Outcome);
        Assert.Equal(["net:c", "web:b"], (await app.CardAsync("web:b"))!.Accounts!);
        Assert.Null((await app.CardAsync("net:a"))!.Accounts);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await app.Get<ProfileEditor>().ResumeAsync(default));
        Assert.Equal(["net:c", "web:b"], (await app.CardAsync("web:b"))!.Accounts!);
    }

    // As a host leaves it that dies after the first write.
    private static async Task BreakOffDissolvingAsync(App app)
    {
        await LinkTests.PutAsync(app, "net:a", isPreview: false, "net:a", "web:b");
        var store = new ProfileStore(app.Deployment.Profiles, await app.Deployment.AccountKeysAsync(default));
        var linked = (await store.FindAsync(AccountId.Parse("net:a"), default))!;
        var dissolved = linked with { Accounts = [], Released = linked.Accounts, Since = linked.Since + 1, IsPending = true };
        Assert.True(await store.TryWriteAsync(linked, dissolved, default));
    }
}
