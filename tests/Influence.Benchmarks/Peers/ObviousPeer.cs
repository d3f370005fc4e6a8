using Azure.Data.Tables;

namespace Influence.Benchmarks.Peers;

/// <summary>
/// The obvious design on the same storage: an entity for each interaction. A score is a query over all of an account's; a board reads
/// everything and sorts.
/// </summary>
internal static class ObviousPeer
{
    public static async Task<PeerResult> RunAsync(PeerLog log, int count, TestAzurite azurite)
    {
        var table = new TableClient(azurite.ConnectionString, "o" + Guid.NewGuid().ToString("n")[..12]);
        await table.CreateAsync();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        var ingest = await PeerResult.SecondsAsync(() =>
            Parallel.ForEachAsync(
                log.Facts.Take(count),
                parallel,
                async (fact, cancellationToken) => await table.UpsertEntityAsync(Row(fact), TableUpdateMode.Replace, cancellationToken)
            )
        );
        var median = await PeerResult.EachAsync(100, () => ScoreAsync(table, log.Median));
        var largest = await PeerResult.EachAsync(20, () => ScoreAsync(table, log.Largest));
        var board = await PeerResult.SecondsAsync(() => BoardAsync(table));
        return new PeerResult(
            "One entity per interaction, on Azurite",
            count,
            ingest,
            median,
            largest,
            board,
            board * 1000,
            "votes; rank of anyone; board or score in bounded time"
        )
        {
            Note =
                $"{count:N0} inserts, one request each; a score reads 1 row per interaction and at most 1,000 a request; "
                + $"every board view reads all {count:N0} rows: {count / 1000 + 1} requests, a million interactions 1,001.",
        };
    }

    private static TableEntity Row(Interaction fact) =>
        new(fact.Target!.Value.Value, $"{fact.Actor.Value}|{fact.Id}")
        {
            ["Actor"] = fact.Actor.Value,
            ["Type"] = (int)fact.Type,
            ["At"] = fact.At,
        };

    private static async Task<double> ScoreAsync(TableClient table, AccountId account)
    {
        var sums = new Sums();
        await foreach (var row in table.QueryAsync<TableEntity>($"PartitionKey eq '{account.Value}'", 1000))
            sums.Add(row);
        return sums.Scores().Single().Score;
    }

    private static async Task<List<(string, double)>> BoardAsync(TableClient table)
    {
        var sums = new Sums();
        await foreach (var row in table.QueryAsync<TableEntity>(maxPerPage: 1000))
            sums.Add(row);
        return [.. sums.Scores().OrderByDescending(s => s.Score).Take(100)];
    }

    private sealed class Sums
    {
        private readonly Dictionary<(string Account, string Actor), double> ties = [];

        public void Add(TableEntity row)
        {
            var policy = ScoringPolicy.Current;
            var points = policy.PointsOf((InteractionType)row.GetInt32("Type")!.Value) * policy.Fade(Facts.Now - row.GetInt64("At")!.Value);
            var tie = (row.PartitionKey, row.GetString("Actor"));
            ties[tie] = ties.GetValueOrDefault(tie) + points;
        }

        public IEnumerable<(string Account, double Score)> Scores() =>
            ties.GroupBy(t => t.Key.Account)
                .Select(a => (a.Key, ScoringPolicy.Current.ScoreOf(a.Sum(t => ScoringPolicy.Current.Strength(t.Value)))));
    }
}
