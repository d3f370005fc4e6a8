using Influence.Simulation.Storage;

namespace Influence.Benchmarks.Scale;

/// <summary>One, two and four hosts that apply the same queue of facts to the same accounts.</summary>
internal static class HostsPart
{
    private const int Large = 1000;
    private const int Small = 20;

    // As many as one host works off in some seconds.
    private const int SmallFacts = 20_000;

    // A round trip to a table in the same region, at a busy hour.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Columns =
    [
        "",
        "facts a second",
        "times one host",
        "requests per 1,000",
        "transactions lost",
        "accounts lost",
        "longest commit, s",
        "messages again",
    ];

    public static async Task RunAsync(Report report, TestAzurite azurite)
    {
        report.Heading("Several hosts on one storage");
        var log = FactsPart.Log();
        // Long enough that how it begins, when no host knows of another, is a small part of it.
        Interaction[] facts = [.. Enumerable.Range(0, 4).SelectMany(i => log.Select(f => f with { At = f.At - i }))];
        report.Line(
            $"{Report.Number(facts.Length)} facts in batches of {Report.Number(Large)}, all posted first; then every host takes messages. "
                + "Each host has caches and lanes of its own; the hosts are in one"
        );
        report.Line(
            "process here, on the same cores. An account or a transaction is lost when another host wrote first: it is read, decided and "
                + "written again."
        );
        report.Line();
        report.Table(Columns, await RowsAsync(facts, Large, "Azurite", () => new Storage(azurite, null)));
        report.Line(
            $"The same on storage in memory that answers after {Latency.TotalMilliseconds:0} ms and has no limit of its own, where hosts "
                + "rather than the storage are the limit:"
        );
        report.Line();
        report.Table(Columns, await RowsAsync(facts, Large, "in memory", InMemory));
        report.Line(
            $"And {Report.Number(SmallFacts)} facts in batches of {Small}, as webhooks bring them: one host waits for its storage "
                + "most of the time."
        );
        report.Line();
        report.Table(Columns, await RowsAsync(facts[..SmallFacts], Small, "in memory", InMemory));

        report.Line(
            "Goal: two hosts at 1.5 times one. **Missed**: several hosts apply facts no faster than one. Whichever host comes to an"
        );
        report.Line("account that another wrote must read it again, and each of these runs is so short that this first reading of every");
        report.Line(
            "account by every host is most of it. With one host the processor is the bottleneck (JSON, Brotli, building and signing"
        );
        report.Line("requests); with several it is those reads, 32 at once for each host. What would change it, a queue for each group of");
        report.Line(
            "partitions, makes several messages of each batch, and a queue operation costs eleven table operations. One host's rate in"
        );
        report.Line(
            "memory, above, is two hundred million facts a day in batches of 20, and three billion in batches of 1,000: more hosts are"
        );
        report.Line("for readers and webhooks.");

        Storage InMemory() => new(null, new InMemoryStorage(TimeProvider.System));
    }

    private static async Task<List<string[]>> RowsAsync(Interaction[] facts, int batch, string name, Func<Storage> fresh)
    {
        var (rows, one) = (new List<string[]>(), 0.0);
        foreach (var hosts in new[] { 1, 2, 4 })
        {
            Console.Error.WriteLine($"{hosts} hosts, {name}…");
            var storage = fresh();
            await using var first = storage.NewHost(null);
            await first.Get<Deployment>().KeysAsync(default);
            await first.SendAsync(facts, batch);
            PipelineApp[] all = [first, .. Enumerable.Range(1, hosts - 1).Select(_ => storage.NewHost(first.Prefix))];
            foreach (var host in all)
                await host.Get<Deployment>().KeysAsync(default);
            using var commits = new CommitCounts();
            var before = storage.Requests - ((facts.Length + batch - 1) / batch);
            var stage = await Stage.MeasureAsync(
                $"{hosts} hosts, {name}",
                async () => rows.Add([$"{(await Task.WhenAll(all.Select(h => Task.Run(h.ApplyAllAsync)))).Sum()}"])
            );
            var (rate, requests) = (facts.Length / stage.Seconds, storage.Requests - before);
            one = hosts == 1 ? rate : one;
            rows[^1] =
            [
                $"{hosts} {(hosts == 1 ? "host" : "hosts")}, {name}",
                Report.Number(rate),
                Report.Number(rate / one),
                Report.Number(requests * 1000.0 / facts.Length),
                $"{commits.LostCommits:P1}",
                $"{commits.LostRows:P2}",
                Report.Number(commits.LongestSeconds),
                rows[^1][0],
            ];
            foreach (var host in all.Skip(1))
                await host.DisposeAsync();
        }

        return rows;
    }

    private sealed class Storage(TestAzurite? azurite, InMemoryStorage? memory)
    {
        private readonly StorageCounts? counts = azurite is null ? null : new StorageCounts();

        // Receives and deletes are of no step; the caller adds what deletes come to.
        public long Requests =>
            counts is not null
                ? counts.Total - counts[StorageRequests.NoStep]
                : memory!.Calls.Where(c => c.Key != StorageRequests.NoStep).Sum(c => c.Value);

        public PipelineApp NewHost(string? prefix) => new(azurite, memory?.Clients(new Delay()), prefix);
    }

    private sealed class Delay : StorageFaults
    {
        public override async ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
        {
            await Task.Delay(Latency, cancellationToken);
            return StorageFault.None;
        }
    }
}
