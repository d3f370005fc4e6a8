namespace InfluenceFunctions.Tests.Faults;

public sealed class KillTests
{
    [SharedDataFact]
    public async Task Real_interactions_shuffled_sent_twice_and_killed_on_the_way_give_the_score_of_the_formula()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, ("LocalRuntime__QueueLock", "00:00:05"));
        var log = new RealLog(3000);
        await KillLoop.PostWithKillsAsync(app, log.Mangled(seed: 1), kills: 2);
        await app.DrainAsync();
        var expected = Reference(log);
        foreach (var (account, state) in expected.OrderByDescending(e => e.Value.Totals.People).Take(150))
        {
            var card = (await app.CardAsync(account.Value))!.Value;
            var asOf = card.GetProperty("asOf").GetDateTimeOffset().ToUnixTimeSeconds();
            Assert.Equal(state.ScoreAt(asOf).Value, card.GetProperty("score").GetDouble(), 1e-6);
            Assert.Equal(state.Totals.Interactions, card.GetProperty("coverage").GetProperty("interactions").GetInt64());
        }
    }

    private static Dictionary<AccountId, AccountState> Reference(RealLog log)
    {
        var keys = new KeyHasher(1);
        return log
            .Facts.GroupBy(f => f.Target!.Value)
            .ToDictionary(
                g => g.Key,
                g =>
                    AccountUpdate
                        .Apply(AccountState.Empty(g.Key, ScoringPolicy.Current, keys), [.. g], VoteTable.AllOne, log.LastMoment)
                        .State
            );
    }
}
