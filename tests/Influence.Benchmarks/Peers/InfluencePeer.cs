namespace Influence.Benchmarks.Peers;

/// <summary>
/// This project on Azurite. Facts go through the door and the queue into accounts; scores come from one row, boards from a publication.
/// </summary>
internal static class InfluencePeer
{
    public static async Task<PeerResult> RunAsync(PeerLog log, int count, TestAzurite azurite)
    {
        await using var app = new PipelineApp(
            azurite,
            null,
            null,
            // Reads are of storage, as the others' are.
            ("Influence:CardCacheSeconds", "0"),
            ("Influence:PageCacheSeconds", "0")
        );
        await app.Get<Deployment>().KeysAsync(default);
        var ingest = await PeerResult.SecondsAsync(() => app.TakeAsync(log.Facts.Take(count)));
        var board = await PeerResult.SecondsAsync(() => app.PublishAsync());
        var median = await PeerResult.EachAsync(100, () => app.Get<ProfileQueries>().FindAsync(log.Median, default));
        var largest = await PeerResult.EachAsync(100, () => app.Get<ProfileQueries>().FindAsync(log.Largest, default));
        var read = await PeerResult.EachAsync(
            30,
            () => app.Get<BoardQueries>().FindAsync("global", null, 100, new BoardCursor(0), default)
        );
        return new PeerResult(
            "InfluenceFunctions on Azurite",
            count,
            ingest,
            median,
            largest,
            board,
            read,
            "show a fact on a board before the next publication"
        )
        {
            Note =
                "Making the board settles every account's votes first, in up to three passes over all ties, and writes "
                + "every account whose score moved.",
        };
    }
}
