namespace Influence.Pipeline.Tests.Ingest;

/// <summary>Tables that take requests and never answer: facts are taken as long as the queue is there, or refused in time.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class HangingTablesTests(TestAzurite azurite)
{
    [Fact]
    public async Task Who_knows_the_list_of_the_erased_takes_facts_without_them()
    {
        await using var storage = new FaultyStorage(azurite);
        Assert.Equal(IngestStatus.Accepted, await TakeAsync(storage, "a"));
        storage.FaultOf = Hanging;
        // Until what is known of the erased is no longer fresh.
        await Task.Delay(Suppression.Staleness + TimeSpan.FromSeconds(0.2));
        Assert.Equal(IngestStatus.Accepted, await TakeAsync(storage, "b"));
    }

    [Fact]
    public async Task Who_does_not_know_it_says_so_in_time()
    {
        await using var storage = new FaultyStorage(azurite);
        await storage.Get<Deployment>().KeysAsync(default);
        storage.FaultOf = Hanging;
        Assert.Equal(IngestStatus.QueueUnreachable, await TakeAsync(storage, "a"));
    }

    private static Fault Hanging(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.Contains("Suppressed", StringComparison.Ordinal) ? Fault.Hang : Fault.None;

    private static async Task<IngestStatus> TakeAsync(FaultyStorage storage, string actor)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var body = $$"""[{"type":"share","actor":"net:{{actor}}","target":"net:t","at":{{at}}}]""";
        var facts = new FactBody(FactBodyFormat.Json, System.Text.Encoding.UTF8.GetBytes(body));
        return (await storage.Get<FactIngestor>().TakeAsync(facts, FactKind.Interactions, default)).Status;
    }
}
