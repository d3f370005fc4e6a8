using System.Text.Json;
using Influence.Drills.Storage;

namespace Influence.Drills.Upgrade;

/// <summary>What the version before left is read, gone on with and written anew. Both also work on one storage at once.</summary>
public sealed class UpgradeDrill(ITestOutputHelper output)
{
    private static readonly (string, string)[] Settings =
    [
        ("LocalHost__QueueLock", "00:00:05"),
        ("Influence__VoteCacheSeconds", "0"),
        ("Influence__StallMinutes", "1"),
    ];

    [Fact]
    public async Task Rows_and_messages_of_the_version_before_count_here()
    {
        var state = StoredState.Read();
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await state.PutAsync(azurite.ConnectionString);
        await using var app = await RunningApp.StartAsync(azurite, Settings);
        await app.DrainAsync();
        // Without a settlement: the facts of the fixture grow old, and one would forget them after 97 days.
        var truth = new Truth(state.Sent());
        var accounts = await truth.AssertAsync(azurite, isSettled: true);
        Assert.True(state.Messages.Count > 0 && accounts > 0);
        await Truth.AssertNoDeadLettersAsync(azurite);
        Assert.Equal(RowsOf(state.Board), RowsOf(await BoardAsync(app, DateOf(state.Board))));
        output.WriteLine(
            $"{state.Messages.Count} messages and {state.Tables.Sum(t => t.Value.Count)} rows of {state.Commit}: {accounts} accounts"
        );
    }

    [FullDrill]
    public async Task Both_versions_work_on_one_storage_and_all_is_rewritten_right()
    {
        await using var before = await VersionBefore.BuildAsync();
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var proxy = await FaultProxy.StartAsync(azurite, DrillForm.Seed);
        var truth = new Truth(DrillForm.Seed);
        var writer = new PatientWriter(truth);
        string board;
        await using (
            var old = await RunningApp.StartAsync(before.Build, azurite, [.. Settings, ("AzureWebJobsStorage", proxy.ConnectionString)])
        )
        {
            await writer.SendAsync([old], truth.Make(3_000), batch: 100);
            await old.DrainAsync();
            await old.PublishAsync();
            board = await BoardAsync(old, "latest");
            proxy.HoldsMessages = true;
            await writer.SendAsync([old], truth.Make(1_000), batch: 100);
        }

        // Alone: its rows, its board and its messages.
        await using var app = await RunningApp.StartAsync(azurite, Settings);
        await app.DrainAsync();
        var rows = await truth.AssertAsync(azurite, isSettled: true);
        Assert.Equal(RowsOf(board), RowsOf(await BoardAsync(app, DateOf(board))));
        var alone = truth.Accepted;

        // Side by side, as while a deployment is under way, and a publication meanwhile.
        await using (var old = await RunningApp.StartAsync(before.Build, azurite, Settings))
        {
            var sending = writer.SendAsync([old, app], truth.Make(8_000), batch: 50);
            await app.PublishAsync();
            await old.PublishAsync();
            await sending;
            await app.DrainAsync();
            await truth.AssertAsync(azurite, isSettled: true);
        }

        await app.PublishAsync();
        var accounts = await truth.AssertAsync(azurite, isSettled: true);
        await Truth.AssertNoDeadLettersAsync(azurite);
        DrillReport.Write(
            "upgrade",
            output,
            ("version before", VersionBefore.Commit),
            ("facts by the version before, 1,000 of them as messages", $"{alone}"),
            ("facts by both, side by side", $"{truth.Accepted - alone}"),
            ("accounts compared", $"{Math.Max(rows, accounts)}"),
            ("differences, dead letters", "0, 0")
        );
    }

    /// <summary>Records the fixture anew: only when the version before is another one.</summary>
    [RecordFixture]
    public async Task The_fixture_is_recorded()
    {
        await using var before = await VersionBefore.BuildAsync();
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var proxy = await FaultProxy.StartAsync(azurite, DrillForm.Seed);
        var truth = new Truth(DrillForm.Seed, people: 20);
        var writer = new PatientWriter(truth);
        await using var old = await RunningApp.StartAsync(
            before.Build,
            azurite,
            [.. Settings, ("AzureWebJobsStorage", proxy.ConnectionString)]
        );
        await writer.SendAsync([old], truth.Make(120), batch: 40);
        await old.DrainAsync();
        await old.PublishAsync();
        var board = await BoardAsync(old, "latest");
        proxy.HoldsMessages = true;
        await writer.SendAsync([old], truth.Make(60), batch: 20);
        (await StoredState.OfAsync(VersionBefore.Commit, azurite.ConnectionString, truth.Facts, board)).Write();
    }

    private static async Task<string> BoardAsync(RunningApp app, string date) =>
        await app.Client.GetStringAsync($"/api/v1/leaderboards/global?top=1000&date={date}");

    private static string DateOf(string board) => JsonDocument.Parse(board).RootElement.GetProperty("date").GetString()!;

    private static string RowsOf(string board) => JsonDocument.Parse(board).RootElement.GetProperty("rows").GetRawText();
}

/// <summary>A step that <c>INFLUENCE_DRILL_RECORD=1</c> asks for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordFixtureAttribute : FactAttribute
{
    public RecordFixtureAttribute()
    {
        if (Environment.GetEnvironmentVariable("INFLUENCE_DRILL_RECORD") != "1")
            Skip = "Set INFLUENCE_DRILL_RECORD=1 to record the state of the version before.";
    }
}
