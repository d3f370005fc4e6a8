namespace Influence.Benchmarks.Scale;

/// <summary>Reads of a page in the news: with the read cache, and with none.</summary>
internal static class ReadsPart
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Report report, TestAzurite azurite)
    {
        report.Heading("Reads: one card, one page of a board");
        await using var writer = new PipelineApp(azurite);
        await writer.TakeAsync(FactsPart.Log().Take(5_000));
        await writer.PublishAsync();
        var popular = FactsPart.Log().Take(5_000).CountBy(f => f.Target!.Value).MaxBy(a => a.Value).Key;
        var rows = new List<string[]>();
        foreach (var (name, call) in Reads(popular))
        {
            var uncached = await RateAsync(azurite, writer.Prefix, "0", call);
            var cached = await RateAsync(azurite, writer.Prefix, null, call);
            rows.Add([
                name,
                Report.Number(uncached.Rate),
                Report.Number(cached.Rate),
                Report.Number(cached.Rate / uncached.Rate),
                Report.Number(uncached.Requests),
                Report.Number(cached.Requests),
            ]);
        }

        report.Table(["", "a second, no cache", "a second, cache", "times", "requests, no cache", "requests, cache"], rows);
        report.Line(
            $"{AtOnce} readers for {Span.TotalSeconds:0} s each on Azurite, in the process, without HTTP. Readers who ask at the same "
                + "moment share a read, also without the cache."
        );
    }

    private static IEnumerable<(string Name, Func<PipelineApp, Task> Call)> Reads(AccountId account)
    {
        yield return ("a score card", app => app.Get<ProfileQueries>().FindFreshAsync(account, default));
        yield return (
            "the first 100 of the global board",
            app => app.Get<BoardQueries>().FindFreshAsync("global", null, 100, new BoardCursor(0), default)
        );
    }

    private static async Task<(double Rate, long Requests)> RateAsync(
        TestAzurite azurite,
        string prefix,
        string? cacheSeconds,
        Func<PipelineApp, Task> call
    )
    {
        (string, string)[] settings = cacheSeconds is null
            ? []
            : [("Influence:CardCacheSeconds", cacheSeconds), ("Influence:PageCacheSeconds", cacheSeconds)];
        await using var app = new PipelineApp(azurite, null, prefix, settings);
        await call(app);
        using var counts = new StorageCounts();
        var (calls, until) = (0L, Environment.TickCount64 + (long)Span.TotalMilliseconds);
        var stage = await Stage.MeasureAsync(
            "reads",
            () =>
                Task.WhenAll(
                    Enumerable
                        .Range(0, AtOnce)
                        .Select(_ =>
                            Task.Run(async () =>
                            {
                                while (Environment.TickCount64 < until)
                                {
                                    await call(app);
                                    Interlocked.Increment(ref calls);
                                }
                            })
                        )
                )
        );
        return (calls / stage.Seconds, counts.Total);
    }
}
