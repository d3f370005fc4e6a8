namespace Influence.Benchmarks.Peers;

/// <summary>Other ways to do it, on the same interactions in the same run.</summary>
internal static class PeersPart
{
    public static async Task RunAsync(Report report, TestAzurite azurite)
    {
        report.Heading("Peers");
        var log = new PeerLog();
        report.Line(
            $"{Report.Number(PeerLog.Size)} synthetic interactions to {Report.Number(log.Targets)} accounts, heavy-tailed "
                + $"(the largest received {Report.Number(log.LargestCount)}); on Azurite the first "
                + $"{Report.Number(PeerLog.OnAzurite)} of them."
        );
        report.Line();
        var results = new List<PeerResult>();
        var skipped = new List<string>();
        await AddAsync("InfluenceFunctions", async () => await InfluencePeer.RunAsync(log, PeerLog.OnAzurite, azurite));
        await AddAsync("One entity per interaction", async () => await ObviousPeer.RunAsync(log, PeerLog.OnAzurite, azurite));
        await AddAsync("PostgreSQL", () => PostgresPeer.RunAsync(log));
        await AddAsync("Redis", () => RedisPeer.RunAsync(log));
        report.Table(
            [
                "",
                "interactions",
                "ingested a second",
                "a score, median account, ms",
                "a score, largest account, ms",
                "making the board, s",
                "its first 100, ms",
            ],
            results.Select(r =>
                new[]
                {
                    r.Name,
                    Report.Number(r.Facts),
                    Report.Number(r.Facts / r.IngestSeconds),
                    Report.Number(r.MedianMs),
                    Report.Number(r.LargestMs),
                    r.BoardSeconds == 0 ? "always there" : Report.Number(r.BoardSeconds),
                    Report.Number(r.BoardReadMs),
                }
            )
        );
        foreach (var result in results)
            report.Line($"- **{result.Name}** cannot: {result.Cannot}. {result.Note}");
        foreach (var name in skipped)
            report.Line($"- **{name}** was skipped: its server is not installed on this machine.");
        report.Line();
        WhereWeLose(report, results);

        async Task AddAsync(string name, Func<Task<PeerResult?>> run)
        {
            Console.Error.WriteLine($"{name}…");
            if (await run() is { } result)
                results.Add(result);
            else
                skipped.Add(name);
        }
    }

    private static void WhereWeLose(Report report, List<PeerResult> results)
    {
        var ours = results[0];
        report.Line("### Where we lose");
        report.Line();
        foreach (var peer in results.Skip(1))
        {
            string[] lost =
            [
                .. Loss("ingest rate", peer.Facts / peer.IngestSeconds / (ours.Facts / ours.IngestSeconds)),
                .. Loss("score of the median account", ours.MedianMs / peer.MedianMs),
                .. Loss("score of the largest account", ours.LargestMs / peer.LargestMs),
                .. Loss("making a board", peer.BoardSeconds == 0 ? double.PositiveInfinity : ours.BoardSeconds / peer.BoardSeconds),
                .. Loss("reading a board", ours.BoardReadMs / peer.BoardReadMs),
            ];
            report.Line($"- Against {peer.Name}: {(lost.Length == 0 ? "nowhere at this size" : string.Join(", ", lost))}.");
        }

        report.Line(
            "- Azurite is an emulator on the same two cores, several times slower than table storage or than a native "
                + "server: figures on it say how many requests a design makes rather than what Azure would take."
        );
        report.Line("- A board is as old as the last publication; Redis' is of this second.");
    }

    private static IEnumerable<string> Loss(string what, double times)
    {
        if (double.IsPositiveInfinity(times))
            yield return $"{what} (it always has one)";
        else if (times > 1.1)
            yield return $"{what} ({Report.Number(times)} times)";
    }
}
