using System.Globalization;

namespace Influence.Benchmarks.Scale;

/// <summary>Facts and a day's publication on Azurite, every request counted.</summary>
internal static class StoragePart
{
    private const int DaysAMonth = 30;
    private static readonly int[] Sizes = [10_000, 100_000];

    public static async Task RunAsync(Report report, TestAzurite azurite)
    {
        report.Heading("Storage: requests, and what they cost");
        var facts = await FactsAsync(azurite);
        var publications = new List<(int Size, StorageCost First, StorageCost Again)>();
        foreach (var size in Sizes)
            publications.Add(await PublicationsAsync(azurite, size));
        report.Table(StorageCost.Head, [facts.Row(), .. publications.SelectMany(p => new[] { p.First.Row(), p.Again.Row() })]);
        var exponent = Growth.Exponent(publications.Select(p => ((double)p.Size, p.First.Tables + p.First.Queues)));
        report.Line(
            $"Requests of a first settlement grow with the {exponent.ToString("0.00", CultureInfo.InvariantCulture)}th "
                + $"power of the accounts."
        );
        report.Line(Prices.Assumptions);
        report.Line(
            "Up to 100 accounts of a partition are one request. A first settlement writes nearly every account; a later one only those "
                + "whose score moved. Its scans read"
        );
        report.Line("1,000 rows a request. Three passes, default settings but for the pause before votes count (0 s).");
        report.Line();
        report.Table(
            ["facts a day, in batches of 1,000, one host", "requests a month", "cost of them a month"],
            new[] { 1e5, 1e7, 1e9 }.Select(n =>
            {
                var (tables, queues) = (facts.Tables * n / 1e6 * DaysAMonth, facts.Queues * n / 1e6 * DaysAMonth);
                return new[] { Report.Number(n), Report.Number(tables + queues), Prices.Show(Prices.Of(tables, queues)) };
            })
        );
        report.Line("Smaller batches cost more, as the table of requests per 1,000 facts says; compute and logs are in operations.md.");
        report.Line();
        report.Line(
            "Azurite is one single-threaded process that serves a few hundred requests a second: its seconds say nothing "
                + "of Azure's, its requests do."
        );
    }

    private static async Task<StorageCost> FactsAsync(TestAzurite azurite)
    {
        var log = new PeerLog();
        await using var app = new PipelineApp(azurite);
        await app.Get<Deployment>().KeysAsync(default);
        var counted = await StorageCost.MeasureAsync("facts", azurite, () => app.TakeAsync(log.Facts.Take(PeerLog.OnAzurite)));
        return counted.Times(
            $"1,000,000 facts in batches of 1,000 (counted over {Report.Number(PeerLog.OnAzurite)})",
            1e6 / PeerLog.OnAzurite
        );
    }

    private static async Task<(int Size, StorageCost First, StorageCost Again)> PublicationsAsync(TestAzurite azurite, int size)
    {
        Console.Error.WriteLine($"{size} accounts on Azurite…");
        await using var app = new PipelineApp(azurite);
        await FillAsync(app, size);
        var first = await PublishAsync(app, azurite, $"publication of {Report.Number(size)} accounts, first settlement");
        return (size, first, await PublishAsync(app, azurite, $"publication of {Report.Number(size)} accounts, the same day again"));
    }

    private static async Task<StorageCost> PublishAsync(PipelineApp app, TestAzurite azurite, string name)
    {
        Publication? done = null;
        var cost = await StorageCost.MeasureAsync(name, azurite, async () => done = await app.PublishAsync());
        return done!.Status == PublicationStatus.Published
            ? cost
            : throw new InvalidOperationException($"The publication is {done.Status} at {done.Step}.");
    }

    // Straight into the table: how facts get there is counted apart.
    private static async Task FillAsync(PipelineApp app, int size)
    {
        var population = new Population(size);
        var keys = await app.Get<Deployment>().AccountKeysAsync(default);
        using var store = new AccountStore(app.Get<Deployment>().Accounts, keys);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, size),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (rank, cancellationToken) =>
            {
                var empty = store.NewOf(population.Accounts[rank]);
                var saved = await store.SaveAsync(empty, Facts.Apply(empty.State, population.About(rank)), cancellationToken);
                if (saved.Outcome != SaveOutcome.Saved)
                    throw new InvalidOperationException($"An account was not written: {saved.Outcome}.");
            }
        );
    }
}
