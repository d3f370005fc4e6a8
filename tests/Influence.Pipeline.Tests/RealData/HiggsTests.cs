namespace Influence.Pipeline.Tests.RealData;

[Collection(AzuriteCollection.Name)]
public sealed class HiggsTests(TestAzurite azurite)
{
    [SharedDataFact]
    public async Task Six_thousand_real_interactions_shuffled_and_sent_twice_score_as_in_memory()
    {
        // Cards are of a whole minute.
        await using var app = new App(azurite, DateTimeOffset.FromUnixTimeSeconds(((SharedData.LastMoment / 60) + 1) * 60));
        Interaction[] items = [.. SharedData.Interactions().Take(6_000).Where(i => i.Target != i.Actor)];
        Interaction[] twice = [.. items, .. items];
        new Random(1).Shuffle(twice);
        await app.SendAsync(twice);
        var results = await app.DrainAsync();
        Assert.Equal((items.Length, items.Length), (results.Sum(r => r.Applied), results.Sum(r => r.Known)));

        var world = new World(await app.Deployment.KeysAsync(default), app.Now);
        world.Apply(items);
        Assert.InRange(world.States.Count, 500, items.Length);
        await world.AssertStoredAsync(app);

        await app.PublishAsync();
        var board = await app.Get<BoardQueries>().FindAsync("global", null, 100, 0, default);
        var ranked = world
            .States.Values.Select(s => (Id: s.Account, Score: s.ScoreAt(app.Now).Value))
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Id)
            .ToList();
        Assert.Equal(world.States.Count, board!.Total);
        foreach (var (expected, row) in ranked.Zip(board.Rows))
            Assert.Equal(expected.Score, row.Score, 1e-9);
    }
}
