using Influence.Pipeline;
using Influence.Scoring;
using Influence.Tests;

namespace Influence.Benchmarks.Scale;

/// <summary>A day's publication on Azurite, every request counted.</summary>
internal static class StoragePart
{
    private const int Small = 10_000;
    private const int Large = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    public static async Task RunAsync(Report report, TestAzurite azurite)
    {
        report.Heading("A publication on Azurite");
        var rows = new List<string[]>();
        var spent = await MeasureAsync(azurite, Small, rows);
        var expected = spent * (Large / Small);
        if (expected <= Patience) await MeasureAsync(azurite, Large, rows);
        report.Table(["accounts", "filling, s", "publication, s", "boards", "table requests", "queue requests", "cost"], rows);
        if (expected > Patience)
            report.Line($"{Report.Number(Large)} accounts were left out: filling and publishing them would take about {Report.Number(expected.TotalMinutes)} minutes here, more than {Patience.TotalMinutes}.");
        report.Line(Prices.Assumptions);
        report.Line("Three passes, default settings but for the pause before votes count (0 s). A first settlement is the dearest: it writes nearly every account, a read and a write each; a later one only those whose score moved.");
        report.Line("Azurite is one single-threaded process that serves a few hundred requests a second: its seconds say nothing of Azure's, its requests do.");
    }

    private static async Task<TimeSpan> MeasureAsync(TestAzurite azurite, int size, List<string[]> rows)
    {
        Console.Error.WriteLine($"{size} accounts on Azurite…");
        await using var app = new AzuriteApp(azurite);
        var filling = await Stage.MeasureAsync("fill", () => FillAsync(app, size));
        var first = await PublishAsync(app, azurite, $"{Report.Number(size)}, first settlement", filling);
        var second = await PublishAsync(app, azurite, $"{Report.Number(size)}, the same day again", null);
        rows.Add(first.Row);
        rows.Add(second.Row);
        return TimeSpan.FromSeconds(filling.Seconds + first.Seconds + second.Seconds);
    }

    private static async Task<(string[] Row, double Seconds)> PublishAsync(AzuriteApp app, TestAzurite azurite, string name, Stage? filling)
    {
        var queuesBefore = Queues(azurite);
        using var counts = new StorageCounts();
        Publication? done = null;
        var stage = await Stage.MeasureAsync("publish", async () => done = await app.PublishAsync());
        var queues = Queues(azurite) - queuesBefore;
        var tables = counts.Total - queues;
        if (done!.Status != PublicationStatus.Published) throw new InvalidOperationException($"The publication is {done.Status} at {done.Step}.");
        string[] row =
        [
            name, filling is null ? "–" : Report.Number(filling.Seconds), Report.Number(stage.Seconds), Report.Number(done.Boards ?? 0),
            Report.Number(tables), Report.Number(queues), Prices.Show(Prices.Of(tables, queues)),
        ];
        return (row, stage.Seconds);
    }

    public static long Queues(TestAzurite azurite) => azurite.Requests.LongCount(l => l.Contains("/messages", StringComparison.Ordinal));

    // Straight into the table: how facts get there is measured beside the peers.
    private static async Task FillAsync(AzuriteApp app, int size)
    {
        var population = new Population(size);
        var keys = await app.Get<Deployment>().KeysAsync(default);
        var store = new AccountStore(app.Get<Deployment>().Accounts, keys);
        await Parallel.ForEachAsync(Enumerable.Range(0, size), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (rank, stop) =>
        {
            var empty = new AccountDocument(AccountState.Empty(population.Accounts[rank], ScoringPolicy.Current, keys), null, new HashSet<PageKind>());
            var outcome = await store.SaveAsync(empty, Facts.Apply(empty.State, population.About(rank)), stop);
            if (outcome != SaveOutcome.Saved) throw new InvalidOperationException($"An account was not written: {outcome}.");
        });
    }
}
