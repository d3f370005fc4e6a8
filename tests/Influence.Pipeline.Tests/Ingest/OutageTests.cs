namespace Influence.Pipeline.Tests.Ingest;

/// <summary>Storage that is gone, with an Azurite of their own to break.</summary>
/// <remarks>After one another with all that count requests, which counts every request of the process.</remarks>
[Collection(AzuriteCollection.Name)]
public sealed class OutageTests
{
    [Fact]
    public async Task Without_storage_nothing_is_taken_and_health_says_so()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var running = new App(azurite);
        await running.SendAsync([running.Share("net:a", "net:t")]);
        Assert.True((await running.Get<Health>().CheckAsync(default)).IsHealthy);

        azurite.Kill();
        await using var fresh = new App(azurite);
        foreach (var app in new[] { running, fresh })
        {
            var result = await app.TakeItemsAsync(app.Item("b", "t"));
            Assert.Equal((IngestStatus.QueueUnreachable, 0), (result.Status, result.Accepted));
            Assert.Equal("Not confirmed, since the queue cannot be reached. Send the same batch again: it counts once.", result.Detail);
            // What cannot be accepted anyway is said without storage.
            Assert.Equal(IngestStatus.NothingAcceptable, (await app.TakeItemsAsync(app.Item("b", "b"))).Status);
            var health = await app.Get<Health>().CheckAsync(default);
            Assert.False(health.IsHealthy);
            Assert.Equal([("tables", "unavailable"), ("queues", "unavailable")], health.Dependencies.Select(d => (d.Name, d.Status)));
        }
    }

    [Fact]
    public async Task Storage_that_is_away_is_no_reason_to_give_facts_or_a_publication_up()
    {
        using var own = new TestAzurite();
        await own.InitializeAsync();
        await using var app = new App(own);
        await app.SendAsync([app.Share("net:a", "net:t")]);
        var facts = Assert.Single(await app.ReceiveAsync());
        await app.Get<Publisher>().RequestAsync(null, default);
        var publication = (await app.Deployment.Shards.ReceiveMessageAsync()).Value.MessageText;
        own.Kill();
        // Thrown, so that the message stays on its poison queue and comes back.
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.Get<DeadLetters>().TakeFactsAsync(facts, default));
        Assert.True(StorageFailure.IsTryLater(failure, default), failure.ToString());
        failure = await Assert.ThrowsAnyAsync<Exception>(() => app.Get<DeadLetters>().TakePublicationAsync(publication, default));
        Assert.True(StorageFailure.IsTryLater(failure, default), failure.ToString());
    }
}
