using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Influence.Drills.Storage;

namespace Influence.Drills.Runbooks;

/// <summary>Each alert of <c>infra/modules/alerts.bicep</c>: its cause, the line that it reads, its runbook, its end.</summary>
/// <remarks>The lines are looked for in the app's log: Azure Monitor, which would count them, is not here.</remarks>
public sealed partial class RunbookDrill(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestAzurite azurite = new();
    private readonly ReplayProcess replay = new();
    private readonly Truth truth = new(DrillForm.Seed, people: 40);
    private FaultProxy proxy = null!;
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        proxy = await FaultProxy.StartAsync(azurite, DrillForm.Seed);
        app = await RunningApp.StartAsync(
            azurite,
            ("AzureWebJobsStorage", proxy.ConnectionString),
            ("LocalHost__QueueLock", "00:00:05"),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ("Influence__VoteCacheSeconds", "0")
        );
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await proxy.DisposeAsync();
        await azurite.DisposeAsync();
        replay.Dispose();
    }

    [Fact]
    public async Task Every_alert_is_raised_by_its_cause_and_ends_by_its_runbook()
    {
        await SilenceAsync();
        await BacklogAsync();
        await ErrorsAsync();
        await PoisonAsync();
        await PublicationAsync();
        await truth.AssertAsync(azurite, isSettled: true);
        await Truth.AssertNoDeadLettersAsync(azurite);
        DrillReport.Write("runbooks", output, ("alerts raised and ended", "silence, backlog, errors, poison, publication"));
    }

    // Nothing was published: the day is asked for by hand.
    private async Task SilenceAsync()
    {
        await SendAsync(400);
        await app.DrainAsync();
        Assert.DoesNotContain("Published ", app.Log, StringComparison.Ordinal);
        Assert.Equal("published", await PublishAsync());
        await LoggedAsync("Published ");
        using var health = await app.Client.GetAsync("/api/health");
        Assert.True((await health.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("lastBoard", out _));
    }

    // Nobody works the queue off; then somebody does.
    private async Task BacklogAsync()
    {
        proxy.HoldsMessages = true;
        await SendAsync(40);
        await Eventually.HoldsAsync("the oldest message is two seconds old", async () => await WaitingAsync() is (> 0, >= 2));
        proxy.HoldsMessages = false;
        await app.DrainAsync();
        Assert.Equal((0, 0), await WaitingAsync());
    }

    // Storage is away: 503 on everything that asks it, and health names what.
    private async Task ErrorsAsync()
    {
        proxy.Away = Service.Tables;
        using (var card = await app.Client.GetAsync($"/api/v1/profiles/{PathId.Write(truth.Account(0))}"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, card.StatusCode);
        using (var health = await app.Client.GetAsync("/api/health"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            var away = (await health.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("dependencies")
                .EnumerateArray()
                .Where(d => d.GetProperty("status").GetString() != "ok")
                .Select(d => d.GetProperty("name").GetString());
            Assert.Equal(["tables"], away);
        }

        proxy.Away = null;
        await Eventually.HoldsAsync("health is good", app.IsHealthyAsync, state: () => app.Log);
    }

    // A row is damaged: its message is given up, seen, and run again when the row is repaired.
    private async Task PoisonAsync()
    {
        var rows = await BreakAsync(most: 1);
        await SendAsync(60);
        await LoggedAsync("Dead letter of queue interactions ");
        await app.DrainAsync();
        Assert.Contains("PageCorrupt: ", await CommandAsync(0, "list"), StringComparison.Ordinal);
        await WriteAsync(rows);
        var retried = await CommandAsync(0, "retry", "--all", "--reason", "The row is repaired");
        Assert.Matches("Retry: ([1-9]) of \\1 dead letters", retried);
        await app.DrainAsync();
        Assert.Contains("0 dead letters.", await CommandAsync(0, "list"), StringComparison.Ordinal);
    }

    // So many rows are damaged that a publication fails; it is asked for anew, and its letter discarded.
    private async Task PublicationAsync()
    {
        var rows = await BreakAsync(most: int.MaxValue);
        Assert.Equal("failed", await PublishAsync());
        await LoggedAsync("Dead letter of queue shards ");
        await WriteAsync(rows);
        Assert.Equal("published", await PublishAsync());
        await CommandAsync(0, "discard", "--all", "--queue", "shards", "--reason", "Published anew");
    }

    private async Task SendAsync(int facts)
    {
        var batch = truth.Make(facts);
        using var response = await app.PostInteractionsAsync(Truth.Batch(batch));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        truth.Accept(batch);
    }

    // What the timer writes every two minutes, asked for now: depth and age of the queue of facts.
    private async Task<(int Depth, int Seconds)> WaitingAsync()
    {
        var before = WatchLine().Count(app.Log);
        using var response = await app.Operator.PostAsync(
            "/admin/functions/WatchQueues",
            new StringContent("{}", null, "application/json")
        );
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.HoldsAsync("the queues are watched", () => WatchLine().Count(app.Log) > before, state: () => app.Log);
        var line = WatchLine().Matches(app.Log)[^1];
        return (Number("depth"), Number("seconds"));

        int Number(string name) => int.Parse(line.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private Task LoggedAsync(string line) =>
        Eventually.HoldsAsync($"the log has '{line}'", () => app.Log.Contains(line, StringComparison.Ordinal), state: () => app.Log);

    private async Task<string> PublishAsync()
    {
        using var asked = await app.Operator.PostAsync("/api/v1/leaderboards/publications", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        return await Eventually.FoundAsync(
            "the publication has ended",
            async () =>
            {
                var state = await app.Operator.GetFromJsonAsync<JsonElement>(asked.Headers.Location!.PathAndQuery);
                return state.GetProperty("status").GetString() is { } status and not "running" ? status : null;
            },
            state: () => app.Log
        );
    }

    // The operator's command, with the operator's key.
    private async Task<string> CommandAsync(int code, string action, params string[] arguments)
    {
        var run = await replay.CommandAsync(app, ["dead-letters", action, .. arguments, "--admin-key", RunningApp.MasterKey]);
        Assert.True(run.Code == code, run.Output);
        return run.Output;
    }

    // One byte of a row becomes another, as by a fault of hardware; the rows as they were.
    private async Task<List<TableEntity>> BreakAsync(int most)
    {
        var states = await Accounts.QueryAsync<TableEntity>("RowKey ge 's|' and RowKey lt 's}'").ToListAsync();
        // Those that most facts are about first.
        var rows = states.OrderByDescending(r => r.GetDouble("Score")).Take(most).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var broken = new TableEntity(row) { ["Summary"] = (byte[])row.GetBinary("Summary").Clone() };
            broken.GetBinary("Summary")[^3] ^= 1;
            await Accounts.UpsertEntityAsync(broken, TableUpdateMode.Replace);
        }

        return rows;
    }

    private async Task WriteAsync(List<TableEntity> rows)
    {
        foreach (var row in rows)
            await Accounts.UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    private TableClient Accounts => new(azurite.ConnectionString, "Accounts");

    [GeneratedRegex(@"Waiting in interactions: (?<depth>\d+) messages, the oldest for (?<seconds>\d+) s\.", RegexOptions.None, 10_000)]
    private static partial Regex WatchLine();
}
