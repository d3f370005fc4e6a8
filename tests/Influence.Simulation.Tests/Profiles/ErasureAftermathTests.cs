using System.Text;
using Azure.Data.Tables;

namespace Influence.Simulation.Tests.Profiles;

/// <summary>What comes after erasures: the next day's boards, and an erasure that is made anew.</summary>
public sealed class ErasureAftermathTests
{
    private static readonly AccountId First = AccountId.Parse("net:t000");
    private static readonly AccountId Second = AccountId.Parse("net:t001");
    private static readonly AccountId Erased = AccountId.Parse("net:zz-erased");

    [Fact]
    public async Task Boards_are_published_after_a_day_of_which_several_accounts_were_erased()
    {
        await using var app = NewApp();
        await app.PopulateAsync(5);
        await app.PublishAsync();
        await app.Get<Erasures>().RequestAsync(First, default);
        await app.Get<Erasures>().RequestAsync(Second, default);
        await DrainAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(PublicationStatus.Published, await app.StatusAsync(await app.PublishAsync()));
        var rows = (await app.Boards.FindAsync("global", null, 100, default, default))!.Page.Rows;
        Assert.Equal(3, rows.Count);
        Assert.All(rows, r => Assert.NotNull(r.Move));
    }

    [Fact]
    public async Task An_erasure_that_failed_and_was_made_anew_leaves_the_id_nowhere_either()
    {
        await using var app = NewApp();
        await app.PopulateAsync(3);
        await app.Get<Erasures>().RequestAsync(First, default);
        await app.Get<WorkflowRouter>().FailAsync(Assert.Single(await app.ReceiveAsync()), default);
        var again = await app.Get<Erasures>().RequestAsync(First, default);
        await DrainAsync(app);
        Assert.Equal("erased", (await app.Get<Erasures>().FindAsync(again.Id, default))!.Status);
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, First.Value));
    }

    [Theory]
    [InlineData("net:b", "net:zz-erased")]
    [InlineData("net:zz-erased", "net:b")]
    public async Task Its_name_does_not_stay_with_the_profile_that_it_was_in(string first, string second)
    {
        await using var app = NewApp();
        await app.ApplyAsync(app.Share("x", "zz-erased") with { TargetName = "Anne Erased" }, app.Share("x", "b"), app.Share("y", "b"));
        await LinkAsync(app, first, second);
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.PublishAsync();
        Assert.NotEmpty(await IdSearch.FindAsync(app.Deployment, "Anne Erased"));
        await EraseAsync(app);
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "zz-erased"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "Anne Erased"));
        var rows = (await app.Boards.FindAsync("global", null, 100, default, default))!.Page.Rows;
        Assert.Equal("net:b", Assert.Single(rows).Id);
    }

    [Fact]
    public async Task A_publication_in_between_ranks_the_rest_of_its_profile()
    {
        await using var app = NewApp();
        await app.ApplyAsync(app.Share("x", "zz-erased"), app.Share("x", "b"), app.Share("y", "b"));
        await LinkAsync(app, "net:zz-erased", "net:b");
        await app.PublishAsync();
        await app.Get<Erasures>().RequestAsync(Erased, default);
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        // Its rows and its profile are still there.
        var erasure = Assert.Single(await app.ReceiveAsync());
        var publication = await app.PublishAsync();
        Assert.Equal(PublicationStatus.Published, await app.StatusAsync(publication));
        var rows = (await app.Boards.FindAsync("global", null, 100, default, default))!.Page.Rows;
        Assert.Equal("net:b", Assert.Single(rows).Id);
        await app.Get<WorkflowRouter>().RunAsync(erasure, default);
        await DrainAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "zz-erased"));
    }

    [Fact]
    public async Task Webhooks_remember_nothing_of_it_but_the_rest_of_what_they_tell()
    {
        await using var app = NewApp();
        await app.ApplyAsync(app.Share("x", "zz-erased"));
        var (its, others) = (app.Share("zz-erased", "fan"), app.Share("x", "fan", "kept"));
        var activities = app.Get<RememberedActivities>();
        await activities.RememberAsync("github|0", [its, others], default);
        await EraseAsync(app);
        Assert.NotEmpty(await IdSearch.FindAsync(app.Deployment, "kept"));
        Assert.Equal(others, ((Undo)Assert.Single(await activities.TakeBackAsync("github|0", app.Now, default))).Original);

        Assert.Equal([others, its], await activities.RememberAsync("github|1", [its, others], default));
        Assert.Equal([its], await activities.RememberAsync("github|2", [its], default));
        var instead = new Undo(its);
        Assert.Equal([instead], await activities.TakeBackAsync("github|3", app.Now, default, null, instead));
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "zz-erased"));
    }

    [Fact]
    public async Task An_erasure_that_ended_is_made_anew_for_what_came_back()
    {
        await using var app = NewApp();
        await app.ApplyAsync(app.Share("x", "zz-erased"));
        var first = await EraseAsync(app);
        Assert.Equal(first.Id, (await app.Get<Erasures>().RequestAsync(Erased, default)).Id);
        // As a host writes that stood still for longer than anybody waits.
        var letter = FactsCodec.Write([app.Share("zz-erased", "fan")], new FactOrigin(app.Now)).Single();
        await app.Deployment.DeadLetters.UpsertEntityAsync(
            new TableEntity("interactions|20261120", "late") { ["Body"] = Encoding.UTF8.GetBytes(letter) }
        );
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await EraseAsync(app);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("erased", (await app.Get<Erasures>().FindAsync(second.Id, default))!.Status);
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "zz-erased"));
    }

    private static Task LinkAsync(InMemoryApp app, params string[] accounts) =>
        app.Get<ProfileEditor>()
            .PutAsync(
                AccountId.Parse(accounts[0]),
                new ProfileChange([.. accounts.Select(AccountId.Parse)], null, null, null),
                false,
                default
            );

    private static async Task<Erasure> EraseAsync(InMemoryApp app)
    {
        var erasure = await app.Get<Erasures>().RequestAsync(Erased, default);
        await DrainAsync(app);
        return erasure;
    }

    private static InMemoryApp NewApp() =>
        new(new NoWaitClock(InMemoryApp.Noon), ("Influence:SettlePasses", "2"), ("Influence:CardCacheSeconds", "0"));

    private static async Task DrainAsync(InMemoryApp app)
    {
        for (
            var round = 0;
            await app.Deployment.Shards.GetPropertiesAsync() is { Value.ApproximateMessagesCount: > 0 };
            round = Eventually.Round(round, "the erasures are over")
        )
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            foreach (var text in await app.ReceiveAsync())
                await app.Get<WorkflowRouter>().RunAsync(text, default);
        }
    }
}
