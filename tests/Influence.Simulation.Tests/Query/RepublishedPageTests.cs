namespace Influence.Simulation.Tests.Query;

/// <summary>Boards read while their day is published again: an answer is of one edition, and whole.</summary>
public sealed class RepublishedPageTests
{
    private const int Accounts = 8;

    [Fact]
    public async Task A_page_whose_edition_goes_while_it_is_read_is_not_an_empty_one()
    {
        await using var app = await AppAsync();
        var first = (await app.Boards.FindAsync("global", null, 3, default, default))!;
        await app.PublishAsync();
        BeforeRowsAreRead(app, () => app.PublishAsync());
        // The second page of an edition that is the one before, and none at all a moment later.
        var slice = (await app.Boards.FindAsync("global", first.Page.Date, 3, first.Next!.Value, default))!;
        Assert.Equal(3, slice.Page.Rows.Count);
        Assert.NotEqual(first.Page.Edition, slice.Page.Edition);
        Assert.False(slice.IsPinned);
    }

    [Fact]
    public async Task A_page_whose_day_is_deleted_while_it_is_read_is_not_found()
    {
        await using var app = await AppAsync();
        var day = DateOnly.FromDateTime(InMemoryApp.Noon.UtcDateTime);
        BeforeRowsAreRead(
            app,
            () => new BoardStore(app.Storage.Table("Leaderboards"), app.Get<OptimisticConcurrency>()).DeleteAsync("global", day, default)
        );
        Assert.Null(await app.Boards.FindAsync("global", day, 3, default, default));
    }

    [Fact]
    public async Task Neighbours_whose_edition_goes_while_they_are_read_are_those_of_the_new_one()
    {
        await using var app = await AppAsync();
        BeforeRowsAreRead(
            app,
            async () =>
            {
                await app.PublishAsync();
                await app.PublishAsync();
            }
        );
        var around = (await app.Boards.AroundAsync("global", null, AccountId.Parse("net:t004"), 1, default))!;
        Assert.Equal((4, 3), (around.Rank, around.Rows.Count));
    }

    [Fact]
    public async Task A_publication_that_runs_its_last_step_again_changes_no_page_that_is_out()
    {
        await using var app = await AppAsync();
        var asked = (await app.Publisher.RequestAsync(null, default))!;
        string? publish = null;
        while (publish is null)
            foreach (var text in await app.ReceiveAsync())
                if (text.Contains($"\"{Steps.Publish}\"", StringComparison.Ordinal))
                    publish = text;
                else
                    await app.Publisher.RunAsync(text, default);
        // It dies when its board is out.
        app.Faults.Before = call =>
            call.Key.StartsWith($"done|{asked.Id}", StringComparison.Ordinal) && call.Operation == "AddEntity"
                ? throw new Azure.RequestFailedException(0, "killed")
                : Task.CompletedTask;
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => app.Publisher.RunAsync(publish, default));
        app.Faults.Before = _ => Task.CompletedTask;
        var page = (await app.Boards.FindAsync("global", null, Accounts, default, default))!.Page;
        // What its pages compare with comes meanwhile.
        await app.PublishAsync(page.Date.AddDays(-1));
        await app.Publisher.RunAsync(publish, default);
        Assert.Equal(PublicationStatus.Published, await app.StatusAsync(asked));
        var again = (await app.Boards.FindAsync("global", null, Accounts, default, default))!.Page;
        Assert.Equal(page.Edition, again.Edition);
        Assert.Equal(page.Rows, again.Rows);
    }

    private static async Task<InMemoryApp> AppAsync()
    {
        var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        await app.ApplyAsync(app.Share("early", "t000", "early", 86_400 * 2));
        await app.PopulateAsync(Accounts);
        await app.PublishAsync();
        return app;
    }

    private static void BeforeRowsAreRead(InMemoryApp app, Func<Task> happens)
    {
        var isOver = false;
        app.Faults.Before = async call =>
        {
            if (isOver || call.Operation != "Query" || !call.Key.Contains("global|", StringComparison.Ordinal))
                return;
            isOver = true;
            await happens();
        };
    }
}
