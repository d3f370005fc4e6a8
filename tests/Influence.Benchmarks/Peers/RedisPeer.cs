using StackExchange.Redis;

namespace Influence.Benchmarks.Peers;

/// <summary>Counters and a sorted set in Redis. HINCRBY counts for each account and type, ZINCRBY adds the points for the board.</summary>
internal static class RedisPeer
{
    private const string Board = "board";

    public static async Task<PeerResult?> RunAsync(PeerLog log)
    {
        if (Server.Find("redis-server", "/usr/bin", "/usr/local/bin") is not { } program)
            return null;
        // The append-only file makes it keep what it accepted, give or take a second.
        using var server = await Server.StartAsync(
            program,
            (folder, port) => ["--port", $"{port}", "--dir", folder, "--appendonly", "yes", "--bind", "127.0.0.1"]
        );
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        var database = redis.GetDatabase();
        var ingest = await PeerResult.SecondsAsync(async () =>
        {
            foreach (var batch in log.Facts.Chunk(1000))
                await Task.WhenAll(batch.SelectMany(f => Count(database, f)));
        });
        var median = await PeerResult.EachAsync(500, () => database.SortedSetScoreAsync(Board, log.Median.Value));
        var largest = await PeerResult.EachAsync(500, () => database.SortedSetScoreAsync(Board, log.Largest.Value));
        var read = await PeerResult.EachAsync(200, () => database.SortedSetRangeByRankWithScoresAsync(Board, 0, 99, Order.Descending));
        return new PeerResult(
            "Redis (HINCRBY, ZINCRBY)",
            log.Facts.Length,
            ingest,
            median,
            largest,
            0,
            read,
            "fade, deduplicate, count people rather than clicks, votes, undo what it did not keep, explain beyond counts"
        )
        {
            Note =
                "Batches of 1,000 in one pipeline, append-only file flushed every second. The board is always there, and "
                + "a rank is one ZREVRANK; a fact sent twice counts twice.",
        };
    }

    private static IEnumerable<Task> Count(IDatabase database, Interaction fact)
    {
        var account = fact.Target!.Value.Value;
        yield return database.HashIncrementAsync(account, (int)fact.Type);
        yield return database.SortedSetIncrementAsync(Board, account, ScoringPolicy.Current.PointsOf(fact.Type));
    }
}
