namespace InfluenceFunctions.Tests.Faults;

/// <summary>Host and worker may each be killed alone: nothing is lost, doubled or left behind.</summary>
public sealed class WorkerKillTests
{
    private static readonly (string, string)[] Settings =
    [
        ("LocalHost__QueueLock", "00:00:05"),
        // A message that was in hand in more kills than this would be poison; it comes again at once.
        ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "30"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
    ];

    // The drills kill workers in every run.
    [AcceptanceFact]
    public Task Twenty_workers_killed_under_load_lose_and_double_nothing() => KillWorkersAsync(kills: 20);

    [SharedDataFact]
    public Task Hosts_killed_under_load_leave_no_worker_and_lose_nothing() => KillHostsAsync(kills: 3);

    [AcceptanceFact]
    public Task Twenty_hosts_killed_under_load_leave_no_worker_and_lose_nothing() => KillHostsAsync(kills: 20);

    private static Task KillWorkersAsync(int kills) =>
        RunAsync((app, log) => KillLoop.PostWithWorkerKillsAsync(app, log.Mangled(seed: 3), kills));

    private static Task KillHostsAsync(int kills) =>
        RunAsync(
            async (app, log) =>
            {
                var batches = log.Mangled(seed: 4);
                foreach (var part in batches.Chunk(1 + (batches.Count / kills)))
                {
                    var posting = KillLoop.PostWithKillsAsync([app], part, kills: 0);
                    await Eventually.HoldsAsync("the app answers", app.AnswersAsync, state: () => app.Log);
                    var worker = app.WorkerId;
                    app.Kill();
                    await Eventually.HoldsAsync("its worker is gone", () => !RunningApp.Runs(worker), TimeSpan.FromSeconds(3));
                    await app.StartAsync();
                    await posting;
                }
            }
        );

    private static async Task RunAsync(Func<RunningApp, RealLog, Task> work)
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, Settings);
        var log = new RealLog(3000);
        await work(app, log);
        await app.DrainAsync();
        await Formula.AssertCardsAsync(app, log, accounts: 150);
    }
}
