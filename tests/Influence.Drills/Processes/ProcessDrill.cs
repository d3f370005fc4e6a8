using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Influence.Drills.Processes;

/// <summary>Hosts of one storage are killed, ended and held up. Their clocks disagree, and storage is restarted.</summary>
public sealed class ProcessDrill(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Lock = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private static readonly (string, string)[] Settings =
    [
        ("LocalHost__QueueLock", $"{Lock:c}"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"),
        ("Influence__VoteCacheSeconds", "0"),
        // Fewer messages and passes: the short form is part of every test run.
        ("Influence__ShardsPerMessage", DrillForm.Of("256", "64")),
        ("Influence__SettlePasses", DrillForm.Of("1", "3")),
        ("Influence__StallMinutes", "1"),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("influence-drill").FullName;
    private readonly List<RunningApp> apps = [];
    private readonly Dictionary<string, int> done = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Random random = new(DrillForm.Seed);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in apps)
            await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whatever_happens_to_processes_and_clocks_every_fact_counts_once()
    {
        // The short form runs on any machine; a report of the full one must not leave the clocks out.
        Assert.True(
            FakeClock.IsThere || !DrillForm.IsFull,
            "The full form needs clocks that disagree: install libfaketime (apt package faketime)."
        );
        using var azurite = TestAzurite.InFolder(Path.Combine(folder, "azurite"));
        await azurite.InitializeAsync();
        foreach (var ahead in DrillForm.Of<TimeSpan[]>([Skew, -Skew], [TimeSpan.Zero, Skew, -Skew]))
            apps.Add(await RunningApp.StartAsync(azurite, [.. Settings, .. ahead == TimeSpan.Zero ? [] : FakeClock.Environment(ahead)]));
        if (FakeClock.IsThere)
            await ClocksDisagreeAsync();
        else
            output.WriteLine("All hosts have the same clock: libfaketime is not on this machine (apt package faketime).");

        var truth = new Truth(DrillForm.Seed);
        var writer = new PatientWriter(truth);
        var writing = true;
        var sending = Task.Run(async () =>
        {
            while (Volatile.Read(ref writing))
                await writer.SendAsync(apps, truth.Make(600), batch: 50);
        });
        var disturbances = DrillForm.Of(5, 50);
        for (var i = 0; i < disturbances; i++)
        {
            await Task.Delay(random.Next(200, 1_500));
            // Each kind comes in the short form, in an order that the seed gives.
            await DisturbAsync(azurite, (i + DrillForm.Seed) % 5);
        }

        Volatile.Write(ref writing, false);
        await sending;
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: all is sent");
        await apps[0].DrainAsync();
        var accounts = await truth.AssertAsync(azurite, isSettled: false);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: all is counted");
        await apps[0].PublishAsync();
        await truth.AssertAsync(azurite, isSettled: true);
        await Truth.AssertNoDeadLettersAsync(azurite);
        foreach (var app in apps)
            Assert.True(await app.IsHealthyAsync());

        DrillReport.Write(
            "processes",
            output,
            ("hosts on one storage", $"{apps.Count}"),
            ("clocks", FakeClock.IsThere ? "one 10 minutes ahead, one 10 minutes behind" : "the same: no libfaketime here"),
            ("disturbances", $"{disturbances}: {string.Join(", ", done.OrderBy(d => d.Key).Select(d => $"{d.Key} {d.Value}"))}"),
            ("answers to batches", writer.Answers),
            ("facts accepted, accounts compared", $"{truth.Accepted}, {accounts}"),
            ("differences, dead letters", "0, 0"),
            ("minutes", $"{clock.Elapsed.TotalMinutes:0.0}")
        );
    }

    private async Task ClocksDisagreeAsync()
    {
        var moments = new List<DateTimeOffset>();
        foreach (var app in apps)
            moments.Add((await app.Client.GetFromJsonAsync<JsonElement>("/api/health")).GetProperty("asOf").GetDateTimeOffset());
        Assert.True(moments.Max() - moments.Min() > Skew, $"The clocks agree: {string.Join(", ", moments)}");
    }

    private async Task DisturbAsync(TestAzurite azurite, int kind)
    {
        var app = apps[random.Next(apps.Count)];
        switch (kind)
        {
            case 0:
                Note("SIGKILL to a host");
                app.Kill();
                await app.StartAsync();
                break;
            case 1:
                Note("SIGKILL to a worker");
                await Eventually.HoldsAsync("the worker answers", app.AnswersAsync, state: () => app.Log);
                await app.KillWorkerAsync();
                break;
            case 2:
                Note("SIGTERM to a host");
                Assert.Equal(0, await app.StopAsync("TERM", StopPatience));
                await app.StartAsync();
                break;
            case 3:
                Note("SIGSTOP past every lease");
                int[] processes = [app.HostId, app.WorkerId];
                await RunningApp.SignalAsync("STOP", processes);
                await Task.Delay(Lock + TimeSpan.FromSeconds(2));
                await RunningApp.SignalAsync("CONT", processes);
                break;
            default:
                Note("storage restarted in order");
                await azurite.RestartAsync();
                break;
        }
    }

    private void Note(string what)
    {
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {what}");
        done[what] = done.GetValueOrDefault(what) + 1;
    }
}
