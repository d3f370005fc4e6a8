namespace Influence.Simulation.Tests.Profiles;

/// <summary>What comes after erasures: the next day's boards, and an erasure that is made anew.</summary>
public sealed class ErasureAftermathTests
{
    private static readonly AccountId First = AccountId.Parse("net:t000");
    private static readonly AccountId Second = AccountId.Parse("net:t001");

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
