using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Profiles;

/// <summary>Moves on the fediverse, from signed deliveries to suggestions.</summary>
public sealed class MoveTests : IAsyncLifetime
{
    private readonly SignedDeliveries signed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await signed.DisposeAsync();

    [Fact]
    public async Task A_move_needs_the_word_of_both_ends_in_any_order()
    {
        await signed.ActAsync(SignedDeliveries.Moved("a"));
        await signed.ActAsync(SignedDeliveries.Moved("a"));
        Assert.Empty(await signed.ListAsync());
        await signed.ActAsync(SignedDeliveries.Known("a"));
        Assert.Equal([("fediverse:mira@a.example", "fediverse:mira@b.example")], await signed.ListAsync());
        await signed.ActAsync(SignedDeliveries.Known("c"));
        Assert.Single(await signed.ListAsync());
        await signed.ActAsync(SignedDeliveries.Moved("c"));
        Assert.Equal(2, (await signed.ListAsync()).Count);
        Assert.All((await signed.Suggestions.ListAsync(default)).Suggestions, s => Assert.Equal("moved", s.Why));
    }

    [Fact]
    public async Task Dismissed_a_move_does_not_come_back()
    {
        await signed.ActAsync(SignedDeliveries.Moved("a"));
        await signed.ActAsync(SignedDeliveries.Known("a"));
        var id = (await signed.Suggestions.ListAsync(default)).Suggestions.Single().Id;
        await signed.Suggestions.RemoveAsync(id, default);
        await using var other = signed.Other();
        await signed.ActAsync(SignedDeliveries.Moved("a"), other);
        await signed.ActAsync(SignedDeliveries.Known("a"), other);
        Assert.Empty(await signed.ListAsync());
    }

    [Fact]
    public async Task What_is_forwarded_shows_nothing()
    {
        foreach (var body in new[] { SignedDeliveries.Moved("a"), SignedDeliveries.Known("a") })
            await signed
                .App.Get<WebhookReceiver>()
                .TakeForwardedAsync(
                    "activitystreams",
                    new Delivery(Encoding.UTF8.GetBytes(body), _ => null, _ => null),
                    Writer.Unnamed,
                    default
                );
        Assert.Empty(await signed.ListAsync());
        Assert.Empty(await signed.App.Deployment.Profiles.QueryAsync<TableEntity>().ToListAsync());
    }
}
