using System.Text;

namespace Influence.Simulation.Tests.Profiles;

/// <summary>An erasure ends with the id nowhere, wherever the process dies on the way.</summary>
public sealed class ErasureTests
{
    private const string Erased = "net:somebody-erased";
    private static readonly AccountId Account = AccountId.Parse(Erased);

    [Fact]
    public async Task After_an_erasure_and_one_settlement_the_id_is_nowhere()
    {
        await using var app = await NewAppAsync();
        Assert.NotEmpty(await IdSearch.FindAsync(app.Deployment, Erased));
        var before = (await app.Get<ProfileQueries>().FindAsync(AccountId.Parse("net:fan"), default))!;
        var erasure = await app.Get<Erasures>().RequestAsync(Account, default);
        await DrainAsync(app);
        await CheckAsync(app, erasure);

        // Others lose its ties and nothing else.
        var after = (await app.Get<ProfileQueries>().FindAsync(AccountId.Parse("net:fan"), default))!;
        Assert.True(after.Influence < before.Influence);
        Assert.Equal(before.Coverage.People, after.Coverage.People);
    }

    [Fact]
    public async Task From_the_request_on_its_name_is_shown_nowhere_and_its_facts_are_refused()
    {
        await using var app = await NewAppAsync();
        await app.Get<Erasures>().RequestAsync(Account, default);
        Assert.Null(await app.Get<ProfileQueries>().FindAsync(Account, default));
        var rows = (await app.Boards.FindAsync("global", null, 100, default, default))!.Page.Rows;
        Assert.DoesNotContain(rows, r => r.Id == Erased || r.Name == "Erased Person");
        Assert.Empty(Assert.Single(rows, r => r.Id == ErasedBoards.Erased).Trend);
        Assert.Null(await app.Boards.AroundAsync("global", null, Account, 5, default));
        var queries = app.Get<ExplanationQueries>();
        var told = (await queries.ExplainAsync(AccountId.Parse("net:fan"), queries.Today.AddDays(-1), default))!.Value;
        Assert.DoesNotContain(told.People, p => p.Id == Erased);
        await DrainAsync(app);
        rows = (await app.Boards.FindAsync("global", null, 100, default, default))!.Page.Rows;
        Assert.Empty(Assert.Single(rows, r => r.Id == ErasedBoards.Erased).Trend);
        // Stored without it as well, for whoever reads the table.
        var table = app.Deployment.Leaderboards.QueryAsync<Azure.Data.Tables.TableEntity>(r => r.PartitionKey != "");
        Assert.All(await table.Where(r => r.GetString("Id") == ErasedBoards.Erased).ToListAsync(), r => Assert.Null(r.GetString("Trend")));

        foreach (var fact in new[] { app.Share("somebody-erased", "fan"), app.Share("x", "somebody-erased") })
        {
            var taken = await app.Get<FactIngestor>().TakeAsync([IncomingFact.Of(0, fact)], "test", default);
            Assert.Equal("erased_account", Assert.Single(taken.Rejected).Code);
        }

        // What was taken in before counts no more either.
        await app.ApplyAsync(app.Share("x", "somebody-erased", "refused-late"));
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "refused-late"));
        Assert.Null(await app.Get<ProfileQueries>().FindAsync(Account, default));
    }

    [Fact]
    public async Task Killed_at_any_call_to_storage_it_still_ends_there()
    {
        var kills = 0;
        for (var at = 1; ; at++)
        {
            await using var app = await NewAppAsync();
            var erasure = await app.Get<Erasures>().RequestAsync(Account, default);
            var (calls, isDead) = (0, false);
            app.Faults.Before = call =>
            {
                if (call.Step == "erase" && !isDead && ++calls == at)
                    isDead = true;
                return isDead ? throw new ProcessKilledException() : Task.CompletedTask;
            };
            await DrainAsync(app, () => isDead = false);
            app.Faults.Before = _ => Task.CompletedTask;
            await CheckAsync(app, erasure);
            if (calls < at)
                break;
            kills++;
        }

        Assert.InRange(kills, 20, 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_again_and_again_it_still_ends_there(int seed)
    {
        var random = new Random(seed);
        await using var app = await NewAppAsync();
        var erasure = await app.Get<Erasures>().RequestAsync(Account, default);
        var (left, isDead) = (20, false);
        app.Faults.Before = call =>
        {
            if (call.Step == "erase" && !isDead && left > 0 && random.Next(8) == 0)
                (left, isDead) = (left - 1, true);
            return isDead ? throw new ProcessKilledException() : Task.CompletedTask;
        };
        await DrainAsync(app, () => isDead = false);
        app.Faults.Before = _ => Task.CompletedTask;
        Assert.InRange(left, 0, 15);
        await CheckAsync(app, erasure);
    }

    [Fact]
    public async Task A_publication_that_is_under_way_is_waited_for()
    {
        await using var app = await NewAppAsync();
        // Its ranges are ranked, with the account; its boards are not written yet.
        await app.Publisher.RequestAsync(null, default);
        var ranked = Assert.Single(await app.ReceiveAsync());
        await app.Publisher.RunAsync(ranked, default);
        var publish = Assert.Single(await app.ReceiveAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var erasure = await app.Get<Erasures>().RequestAsync(Account, default);
        for (var i = 0; i < 6; i++)
            await DeliverAsync(app, () => { }, watches: false);
        Assert.Equal("running", (await app.Get<Erasures>().FindAsync(erasure.Id, default))!.Status);
        await app.Publisher.RunAsync(publish, default);
        await DrainAsync(app);
        await CheckAsync(app, erasure);
    }

    [Fact]
    public async Task One_that_failed_and_is_asked_for_again_leaves_no_id_behind_either()
    {
        await using var app = await NewAppAsync();
        var first = await app.Get<Erasures>().RequestAsync(Account, default);
        foreach (var message in (await app.Storage.Queue("shards").ReceiveMessagesAsync(32, TimeSpan.FromSeconds(30))).Value)
        {
            await app.Get<WorkflowRouter>().FailAsync(message.MessageText, default);
            await app.Storage.Queue("shards").DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        Assert.Equal("failed", (await app.Get<Erasures>().FindAsync(first.Id, default))!.Status);
        var second = await app.Get<Erasures>().RequestAsync(Account, default);
        Assert.NotEqual(first.Id, second.Id);
        await DrainAsync(app);
        await CheckAsync(app, second);
    }

    // The account engages and is engaged, is linked, named on boards, remembered by a webhook, and in a dead letter.
    private static async Task<InMemoryApp> NewAppAsync()
    {
        var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon), ("Influence:SettlePasses", "2"), ("Influence:CardCacheSeconds", "0"));
        await app.PopulateAsync(3);
        await app.ApplyAsync(
            app.Share("somebody-erased", "fan") with
            {
                ActorName = "Erased Person",
            },
            app.Share("other", "fan"),
            app.Share("fan", "somebody-erased") with
            {
                TargetName = "Erased Person",
            },
            app.Share("x", "somebody-erased", age: 100_000),
            app.Share("x", "somebody-else")
        );
        await app.PublishAsync();
        var linked = new ProfileChange([Account, AccountId.Parse("net:somebody-else")], "Both", null, null);
        await app.Get<ProfileEditor>().PutAsync(Account, linked, false, default);
        var fact = app.Share("somebody-erased", "fan", "remembered");
        await app.Get<RememberedActivities>().RememberAsync("github|1", [fact], default);
        await app.Get<RememberedActivities>().RememberAsync($"github|{Erased}|star", [app.Share("x", "fan", "r2")], default);
        await KeepLetterAsync(app, "mixed", fact, app.Share("x", "fan", "kept"));
        await KeepLetterAsync(app, "alone", fact);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        return app;
    }

    private static async Task KeepLetterAsync(InMemoryApp app, string row, params Fact[] facts)
    {
        var body = Encoding.UTF8.GetBytes(FactsCodec.Write(facts, new FactOrigin(app.Now)).Single());
        await app.Deployment.DeadLetters.UpsertEntityAsync(
            new Azure.Data.Tables.TableEntity("interactions|20261120", row) { ["Body"] = body }
        );
    }

    private static async Task CheckAsync(InMemoryApp app, Erasure erasure)
    {
        Assert.Equal("erased", (await app.Get<Erasures>().FindAsync(erasure.Id, default))!.Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishAsync();
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "somebody-erased"));
        Assert.Empty(await IdSearch.FindAsync(app.Deployment, "Erased Person"));
        // What is others' stays.
        Assert.NotNull(await app.Get<ProfileQueries>().FindAsync(AccountId.Parse("net:somebody-else"), default));
        Assert.NotEmpty(await IdSearch.FindAsync(app.Deployment, "kept"));
    }

    private static async Task DrainAsync(InMemoryApp app, Action? restart = null)
    {
        for (
            var round = 0;
            await app.Deployment.Shards.GetPropertiesAsync() is { Value.ApproximateMessagesCount: > 0 };
            round = Eventually.Round(round, "the erasure is over")
        )
            await DeliverAsync(app, restart ?? (() => { }));
    }

    // As the host does: a message whose process died comes back after its lock.
    private static async Task DeliverAsync(InMemoryApp app, Action restart, bool watches = true)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var message in (await app.Storage.Queue("shards").ReceiveMessagesAsync(32, TimeSpan.FromSeconds(30))).Value)
        {
            try
            {
                await app.Get<WorkflowRouter>().RunAsync(message.MessageText, default);
                await app.Storage.Queue("shards").DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
            catch (ProcessKilledException)
            {
                restart();
            }
        }

        if (!watches)
            return;
        try
        {
            // What the watch timer does.
            await app.Get<WorkflowRouter>().ResumeStalledAsync(default);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is ProcessKilledException))
        {
            restart();
        }
    }

    private sealed class ProcessKilledException : Exception;
}
