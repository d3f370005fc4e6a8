using System.Diagnostics;
using Azure.Data.Tables;
using Xunit.Abstractions;

namespace InfluenceFunctions.Tests.Acceptance;

/// <summary>The 60,000 real interactions through the whole app. Prints the figures of the README's performance section.</summary>
public sealed class WholeLogTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    [AcceptanceFact]
    public async Task In_order_in_batches_of_1000()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite);
        var log = new RealLog(60_000);
        var before = Billed(azurite);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            log.InOrder(1000),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (batch, _) => (await app.PostInteractionsAsync(batch)).EnsureSuccessStatusCode()
        );
        var taken = clock.Elapsed;
        await app.DrainAsync(everyMilliseconds: 1000);
        var drained = clock.Elapsed;
        var requests = (Billed(azurite) - before) * 1000.0 / log.Facts.Count;
        await CompareAsync(app, log, Tolerance, e => e.S1);

        var (pairs, bare) = await BarePairs.RunAsync(azurite.ConnectionString, log.Facts, 1000);
        output.WriteLine(
            $"{log.Facts.Count} interactions: taken in {taken.TotalSeconds:0.0} s, all scored after {drained.TotalSeconds:0.0} s "
                + $"({log.Facts.Count / drained.TotalSeconds:0}/s)"
        );
        output.WriteLine($"{requests:0} table and queue requests per 1,000 interactions, polling and health included");
        output.WriteLine(
            $"bare read-then-conditional-write pairs: {pairs} in {bare.TotalSeconds:0.0} s; "
                + $"the pipeline reaches {bare / drained:P0} of their rate"
        );
        output.WriteLine($"peak memory {app.PeakMemory / 1024 / 1024} MiB");
        Assert.True(requests <= 60, $"{requests} requests per 1,000");
        Assert.True(app.PeakMemory <= 400L * 1024 * 1024);
    }

    [AcceptanceFact]
    public async Task Shuffled_sent_twice_in_batches_of_1_to_1000_and_killed_three_times()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite, ("LocalHost__QueueLock", "00:00:30"));
        var log = new RealLog(60_000);
        var batches = log.Mangled(seed: 7);
        await KillLoop.PostWithKillsAsync([app], batches, kills: 3);
        await app.DrainAsync();
        output.WriteLine($"{batches.Count} batches of {2 * log.Facts.Count} facts, three kills");
        await CompareAsync(app, log, Tolerance, e => e.S1);
    }

    [AcceptanceFact]
    public async Task Settled_by_default_and_to_a_millionth()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        var log = new RealLog(60_000);
        await using (var app = await RunningApp.StartAsync(azurite))
        {
            foreach (var batch in log.InOrder(1000))
                (await app.PostInteractionsAsync(batch)).EnsureSuccessStatusCode();
            await app.DrainAsync();
            await PublishAsync(app, azurite, log, "default settings");
            await CompareAsync(app, log, 0.02, e => e.SSettled);
            Assert.Equal(0, await PublishAsync(app, azurite, log, "default settings again"));
        }

        await using var precise = await RunningApp.StartAsync(
            azurite,
            ("Influence__SettlePasses", "20"),
            ("Influence__SettleTolerance", "1e-6")
        );
        await PublishAsync(precise, azurite, log, "tolerance 1e-6");
        await CompareAsync(precise, log, 1e-3, e => e.SSettled);
        // Some seconds of fading move a score by more than a millionth.
        await PublishAsync(precise, azurite, log, "again");
    }

    // How many rows of accounts were written.
    private async Task<int> PublishAsync(RunningApp app, TestAzurite azurite, RealLog log, string what)
    {
        var (before, rows, clock) = (Billed(azurite), await RowsAsync(azurite), Stopwatch.StartNew());
        var status = await app.PublishAsync();
        var requests = Billed(azurite) - before;
        var written = (await RowsAsync(azurite)).Except(rows).Count();
        output.WriteLine(
            $"{what}: published {status.GetProperty("accounts")} accounts of {log.Facts.Count} interactions "
                + $"in {clock.Elapsed.TotalSeconds:0.0} s with {requests} requests, {written} rows of accounts written, "
                + $"last pass {status.GetProperty("pass")}, largest change {status.GetProperty("largestChange")}"
        );
        return written;
    }

    // Faded alike, every tie of an account keeps its share: V at the log's last moment follows from V at any later one.
    private async Task CompareAsync(
        RunningApp app,
        RealLog log,
        double tolerance,
        Func<(AccountId Account, double V1, double S1, double VSettled, double SSettled), double> score
    )
    {
        var worst = 0.0;
        var policy = ScoringPolicy.Current;
        foreach (var expected in SharedData.Expected())
        {
            var card = (await app.CardAsync(expected.Account.Value))!.Value;
            var later = card.GetProperty("asOf").GetDateTimeOffset().ToUnixTimeSeconds() - log.LastMoment;
            var influence = card.GetProperty("influence").GetDouble() * Math.Pow(2, later / (30.0 * ScoringPolicy.Day));
            worst = Math.Max(worst, Math.Abs(policy.ScoreOf(influence) - score(expected)));
        }

        output.WriteLine($"{SharedData.Expected().Count()} accounts differ by at most {worst:0.0e+0} points from the independent figures");
        Assert.True(worst < tolerance, $"{worst}");
    }

    private static async Task<HashSet<(string, string, Azure.ETag)>> RowsAsync(TestAzurite azurite) =>
        await new TableClient(azurite.ConnectionString, "Accounts")
            .QueryAsync<TableEntity>(r => r.PartitionKey != "deployment", select: ["PartitionKey", "RowKey"])
            .Select(r => (r.PartitionKey, r.RowKey, r.ETag))
            .ToHashSetAsync();

    private static int Billed(TestAzurite azurite) =>
        azurite.Requests.Count(r => !r.Contains("azure-webjobs-hosts", StringComparison.Ordinal));
}
