namespace Influence.Simulation.Tests.Publish;

/// <summary>The last step of a publication runs twice, over partial results that were written again in between.</summary>
public sealed class TwoAttemptsTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_that_counts_remains_and_is_never_mixed_with_the_other(bool isBetween)
    {
        await using var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        await app.Deployment.KeysAsync(default);
        var store = new BoardStore(app.Deployment.Leaderboards, app.Get<OptimisticConcurrency>());
        var (one, other) = (Edition(("net:a", 3), ("net:b", 2), ("net:c", 1.5)), Edition(("net:b", 4), ("net:a", 3)));
        var isOver = false;
        app.Faults.Before = async call =>
        {
            // The rows of the first attempt are there, and do not count yet.
            if (!isBetween || isOver || call.Operation != "AddEntity" || !call.Key.EndsWith(" meta", StringComparison.Ordinal))
                return;
            isOver = true;
            Assert.True(await store.WriteAsync("global", other, default));
        };
        Assert.True(await store.WriteAsync("global", one, default));
        Assert.Equal(isBetween, isOver);
        if (!isBetween)
            Assert.True(await store.WriteAsync("global", other, default));

        string[] expected = isBetween ? ["net:b", "net:a"] : ["net:a", "net:b", "net:c"];
        var page = (await app.Boards.FindAsync("global", null, 100, new BoardCursor(0), default))!.Page;
        Assert.Equal(expected, page.Rows.Select(r => r.Id));
        // Nothing of the other is left: a place and its index each.
        var rows = app.Storage.TableOf("Leaderboards").All().Where(r => r.PartitionKey == BoardKeys.Partition("global", Day));
        Assert.Equal((2 * expected.Length) + 1, rows.Count());
    }

    private static BoardEdition Edition(params (string Id, double Score)[] places)
    {
        var run = new PublicationRun("run", InMemoryApp.Noon, 1, new PublicationInput(Day, 0, 0, 0, 0.01));
        var everyone = new ScoreHistogram();
        foreach (var (_, score) in places)
            everyone.Add(ScoreHistogram.PlaceOfScore(score));
        return new BoardEdition(
            run,
            InMemoryApp.Noon,
            everyone,
            [.. places.Select(p => new BoardEntry(AccountId.Parse(p.Id), p.Score, p.Score))]
        );
    }
}
