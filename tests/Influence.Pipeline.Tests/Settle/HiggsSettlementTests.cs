namespace Influence.Pipeline.Tests.Settle;

/// <summary>Real interactions settled in shards, against the settlement in memory.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class HiggsSettlementTests(TestAzurite azurite)
{
    [SharedDataFact]
    public async Task Settled_in_shards_they_score_as_settled_in_memory()
    {
        await using var app = new App(
            azurite,
            // Cards are of a whole minute.
            DateTimeOffset.FromUnixTimeSeconds(((SharedData.LastMoment / 60) + 1) * 60),
            settings:
            [
                ("Influence:SettlePasses", "20"),
                ("Influence:SettleTolerance", "1e-6"),
                ("Influence:VoteCacheSeconds", "0"),
                ("Influence:ShardsPerMessage", "64"),
            ]
        );
        Interaction[] items = [.. SharedData.Interactions().Take(3_000).Where(i => i.Target != i.Actor)];
        await app.SendAsync(items);
        await app.DrainAsync();
        await app.PublishAsync();

        var world = new World(await app.Deployment.KeysAsync(default), app.Now);
        world.Apply(items);
        AccountState[] accounts = [.. world.States.Values];
        var settlement = Settlement.Run(accounts, app.Now, 1e-9);
        var board = (await app.Get<BoardQueries>().FindAsync("global", null, 1000, 0, default))!.Rows.ToDictionary(r => r.Id, r => r.Score);
        for (var i = 0; i < accounts.Length; i++)
        {
            var card = await app.CardAsync(accounts[i].Account.Value);
            Assert.Equal(settlement.Scores[i], card!.Score, 1e-5);
            if (board.TryGetValue(card.Id, out var score))
                Assert.Equal(card.Score, score, 1e-12);
        }

        Assert.Equal(accounts.Length, (await app.Get<BoardQueries>().FindAsync("global", null, 1, 0, default))!.Total);
    }
}
