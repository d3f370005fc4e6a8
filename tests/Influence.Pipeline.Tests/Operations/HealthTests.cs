namespace Influence.Pipeline.Tests.Operations;

[Collection(AzuriteCollection.Name)]
public sealed class HealthTests(TestAzurite azurite)
{
    [Fact]
    public async Task Health_tells_what_waits_and_the_last_board()
    {
        await using var app = new App(azurite, settings: ("Influence:ShardGroups", "1"));
        var empty = await app.Get<Health>().CheckAsync(default);
        Assert.Equal((true, null), (empty.IsHealthy, empty.LastBoard));
        Assert.All(empty.Queues, q => Assert.Equal((0, 0.0), (q.Depth, q.OldestSeconds)));

        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.SendAsync([app.Share("net:b", "net:t")]);
        Assert.Equal(
            2,
            (await app.Get<Health>().CheckAsync(default))
                .Queues.Single(q => q.Name.EndsWith(QueueNames.Interactions, StringComparison.Ordinal))
                .Depth
        );
        await app.DrainAsync();
        await app.PublishAsync();
        Assert.Equal(new DateOnly(2026, 11, 20), (await app.Get<Health>().CheckAsync(default)).LastBoard);
    }
}
