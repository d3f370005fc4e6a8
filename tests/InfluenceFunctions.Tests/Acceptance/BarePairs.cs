using System.Diagnostics;
using Azure.Data.Tables;

namespace InfluenceFunctions.Tests;

/// <summary>The baseline of the pipeline: nothing but point reads, each followed by a conditional write, against the same storage.</summary>
internal static class BarePairs
{
    private const int Entities = 2000;
    private const int Bytes = 1500;

    public static async Task<TimeSpan> RunAsync(string connectionString, int pairs)
    {
        var table = new TableClient(connectionString, "Bare");
        await table.CreateAsync();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 32 };
        await Parallel.ForAsync(0, Entities, parallel, async (i, stop) =>
            await table.AddEntityAsync(new TableEntity($"{i:x}", "state") { ["Bytes"] = new byte[Bytes] }, stop));
        var clock = Stopwatch.StartNew();
        // Every entity belongs to one worker, so that no write conflicts.
        await Parallel.ForAsync(0, 32, parallel, async (worker, stop) =>
        {
            for (var i = worker; i < pairs; i += 32)
            {
                TableEntity entity = await table.GetEntityAsync<TableEntity>($"{(i % (Entities / 32) * 32) + worker:x}", "state", cancellationToken: stop);
                await table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, stop);
            }
        });
        return clock.Elapsed;
    }
}
