using System.Globalization;
using Influence.Benchmarks.Scale;
using Influence.Pipeline;
using Influence.Tests;

namespace Influence.Benchmarks.Peers;

/// <summary>This project on Azurite: facts through the door and the queue into accounts, scores from one row, boards from a publication.</summary>
internal static class InfluencePeer
{
    public static async Task<PeerResult> RunAsync(PeerLog log, int count, TestAzurite azurite)
    {
        await using var app = new AzuriteApp(azurite);
        await app.Get<Deployment>().KeysAsync(default);
        var queuesBefore = StoragePart.Queues(azurite);
        using var counts = new StorageCounts();
        var ingest = await PeerResult.SecondsAsync(async () =>
        {
            await app.SendAsync(log.Facts.Take(count));
            await app.RecomputeAsync();
        });
        var queues = StoragePart.Queues(azurite) - queuesBefore;
        var tables = counts.Total - queues;
        var board = await PeerResult.SecondsAsync(() => app.PublishAsync());
        var median = await PeerResult.EachAsync(100, () => app.Get<Profiles>().FindAsync(log.Median, default));
        var largest = await PeerResult.EachAsync(100, () => app.Get<Profiles>().FindAsync(log.Largest, default));
        var read = await PeerResult.EachAsync(30, () => app.Get<Boards>().FindAsync("global", null, 100, 0, default));
        var million = 1e6 / count;
        return new PeerResult("InfluenceFunctions on Azurite", count, ingest, median, largest, board, read, "show a fact on a board before the next publication")
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{tables:N0} table and {queues:N0} queue requests for {count:N0} interactions in batches of 1,000; a million at that rate: "
                + $"{tables * million:N0} and {queues * million:N0}, {Prices.Show(Prices.Of(tables, queues) * million)}. An account is read and written once for each message that names it, so larger or busier batches cost less."),
        };
    }
}
