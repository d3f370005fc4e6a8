using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Influence.Drills.Storage;

/// <summary>Storage fails in every way on a tenth of the calls, and services are away. All that the app does goes on.</summary>
public sealed class StorageFaultDrill(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly (string, string)[] Settings =
    [
        // What nobody could delete or release comes back soon.
        ("LocalHost__QueueLock", DrillForm.Of("00:00:03", "00:00:10")),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"),
        ("Influence__VoteCacheSeconds", "0"),
        // Fewer messages and passes: the short form is part of every test run.
        ("Influence__ShardsPerMessage", DrillForm.Of("256", "64")),
        ("Influence__SettlePasses", DrillForm.Of("1", "3")),
        ("Influence__StallMinutes", "1"),
    ];

    [Fact]
    public async Task Nothing_is_lost_doubled_or_given_up_and_every_listener_goes_on()
    {
        var clock = Stopwatch.StartNew();
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var proxy = await FaultProxy.StartAsync(azurite, DrillForm.Seed);
        proxy.Delay = DrillForm.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        await using var app = await RunningApp.StartAsync(azurite, [.. Settings, ("AzureWebJobsStorage", proxy.ConnectionString)]);
        var truth = new Truth(DrillForm.Seed);
        var writer = new PatientWriter(truth);
        proxy.Share = 0.1;
        await writer.SendAsync([app], truth.Make(DrillForm.Of(1_000, 10_000)), batch: 100);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: sent");
        await PublishAsync(app);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: published");
        await EraseAsync(app, $"{truth.Network}:gone");
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: erased");
        proxy.Share = 0;
        foreach (var service in Enum.GetValues<Service>())
            await AwayAsync(proxy, service, () => writer.SendAsync([app], truth.Make(300), batch: 100));

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: outages over");
        await app.DrainAsync(everyMilliseconds: 250);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: drained");
        await writer.SendAsync([app], truth.Make(200), batch: 100);
        await app.DrainAsync();
        await PublishAsync(app);
        await app.DrainAsync();
        var accounts = await truth.AssertAsync(azurite, isSettled: true);
        await VerifiedAsync(app);
        await Truth.AssertNoDeadLettersAsync(azurite);
        Assert.True(await app.IsHealthyAsync());
        if (DrillForm.IsFull)
            await TimersGoOnAsync(app);

        DrillReport.Write(
            "storage",
            output,
            ("calls to storage, of them broken", $"{proxy.Calls}, {proxy.Counts.Values.Sum()}"),
            ("faults", string.Join(", ", proxy.Counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"))),
            ("outages of a service", $"3, of {Outage.TotalSeconds:0} s each"),
            ("answers to batches", writer.Answers),
            ("facts accepted, accounts compared", $"{truth.Accepted}, {accounts}"),
            ("differences, dead letters", "0, 0"),
            ("minutes", $"{clock.Elapsed.TotalMinutes:0.0}")
        );
    }

    private static TimeSpan Outage => DrillForm.Of(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(2));

    private static async Task AwayAsync(FaultProxy proxy, Service service, Func<Task> work)
    {
        proxy.Away = service;
        var working = work();
        await Task.Delay(Outage);
        proxy.Away = null;
        await working;
    }

    private static async Task PublishAsync(RunningApp app)
    {
        var asked = await UntilAcceptedAsync(
            () => app.Operator.PostAsync("/api/v1/leaderboards/publications", new StringContent("{}")),
            app
        );
        await UntilAsync(app, asked, "published");
    }

    private static async Task EraseAsync(RunningApp app, string account)
    {
        var asked = await UntilAcceptedAsync(() => app.Operator.DeleteAsync($"/api/v1/accounts/{PathId.Write(account)}"), app);
        await UntilAsync(app, asked, "erased");
    }

    private static async Task<Uri> UntilAcceptedAsync(Func<Task<HttpResponseMessage>> ask, RunningApp app) =>
        await Eventually.FoundAsync(
            "an operator's call is accepted",
            async () =>
            {
                using var response = await ask();
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                    return null;
                if (response.StatusCode == HttpStatusCode.Accepted)
                    return response.Headers.Location;
                // Its log comes a moment later.
                await Task.Delay(TimeSpan.FromSeconds(1));
                Assert.Fail($"{(int)response.StatusCode}\n{app.Log}");
                return null;
            },
            Patience,
            () => app.Log
        );

    private static Task UntilAsync(RunningApp app, Uri status, string done) =>
        Eventually.HoldsAsync(
            $"it is {done}",
            async () =>
            {
                using var response = await app.Operator.GetAsync(status.PathAndQuery);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                    return false;
                var found = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
                Assert.True(found != "failed", $"It failed.\n{app.Log}");
                return found == done;
            },
            Patience,
            () => app.Log,
            TimeSpan.FromMilliseconds(200)
        );

    private static async Task VerifiedAsync(RunningApp app)
    {
        using var response = await app.Operator.PostAsync("/api/v1/verifications", new StringContent("""{"sample":1000}"""));
        var report = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(report.GetProperty("checked").GetInt32() > 0);
        Assert.Equal(0, report.GetProperty("driftedAccounts").GetInt32());
        Assert.Equal(0, report.GetProperty("failed").GetArrayLength());
    }

    // The watch of the queues runs every two minutes.
    private static async Task TimersGoOnAsync(RunningApp app)
    {
        const string watch = "Waiting in";
        var before = app.Log.Split(watch).Length;
        await Eventually.HoldsAsync(
            "a timer runs after all that",
            () => app.Log.Split(watch).Length > before,
            TimeSpan.FromMinutes(4),
            () => app.Log,
            TimeSpan.FromSeconds(1)
        );
    }
}
