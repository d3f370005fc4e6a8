using System.Diagnostics;
using Azure.Data.Tables;

namespace InfluenceFunctions.Tests.Acceptance;

/// <summary>
/// The pipeline's baseline: a point read and a conditional write for every account of every batch. There is nothing else: the same accounts
/// in the same order, against the same storage.
/// </summary>
internal static class BarePairs
{
    private const int Bytes = 1500;
    private const int AtATime = 32;

    public static async Task<(int Pairs, TimeSpan Time)> RunAsync(string connectionString, IReadOnlyList<Interaction> facts, int batch)
    {
        var table = new TableClient(connectionString, "Bare");
        await table.CreateAsync();
        var keys = new KeyHasher(1);
        var (clock, pairs) = (Stopwatch.StartNew(), 0);
        foreach (var part in facts.Chunk(batch))
        {
            var targets = part.Select(f => f.Target!.Value).Distinct().ToList();
            pairs += targets.Count;
            await Parallel.ForEachAsync(
                targets,
                new ParallelOptions { MaxDegreeOfParallelism = AtATime },
                async (target, cancellationToken) =>
                {
                    var (partition, key, bytes) = (
                        $"{keys.ShardOf(target):x2}|{target}",
                        $"state|{keys.KeyOf(target):x16}",
                        new byte[Bytes]
                    );
                    var known = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
                    var row = new TableEntity(partition, key) { ["Bytes"] = bytes };
                    if (known.HasValue)
                        await table.UpdateEntityAsync(row, known.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                    else
                        await table.AddEntityAsync(row, cancellationToken);
                }
            );
        }

        return (pairs, clock.Elapsed);
    }
}
