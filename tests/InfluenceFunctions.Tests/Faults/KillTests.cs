namespace InfluenceFunctions.Tests.Faults;

public sealed class KillTests
{
    [SharedDataFact]
    public async Task Real_interactions_shuffled_sent_twice_and_killed_on_the_way_give_the_score_of_the_formula()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, ("LocalHost__QueueLock", "00:00:05"));
        var log = new RealLog(3000);
        await KillLoop.PostWithKillsAsync([app], log.Mangled(seed: 1), kills: 2);
        await app.DrainAsync();
        await Formula.AssertCardsAsync(app, log, accounts: 150);
    }

    // Two and three processes are killed by the drills in every run.
    [AcceptanceFact]
    public Task Four_processes_on_one_storage_killed_on_the_way_lose_and_double_nothing() => SeveralAsync(processes: 4);

    private static async Task SeveralAsync(int processes)
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        var apps = new List<RunningApp>();
        try
        {
            for (var i = 0; i < processes; i++)
                apps.Add(await RunningApp.StartAsync(azurite, ("LocalHost__QueueLock", "00:00:05")));
            var log = new RealLog(6000);
            await KillLoop.PostWithKillsAsync(apps, log.Mangled(seed: 2), kills: 3);
            await apps[0].DrainAsync();
            await Formula.AssertCardsAsync(apps[0], log, accounts: 300);
        }
        finally
        {
            foreach (var app in apps)
                await app.DisposeAsync();
        }
    }
}
