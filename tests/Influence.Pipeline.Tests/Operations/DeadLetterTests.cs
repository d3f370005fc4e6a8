using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Operations;

[Collection(AzuriteCollection.Name)]
public sealed class DeadLetterTests(TestAzurite azurite)
{
    [Theory]
    [InlineData("")]
    [InlineData("not a message 🦊")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":"AAAA"}""")]
    public async Task An_unreadable_message_is_kept_with_reason_body_and_time(string body)
    {
        await using var app = new App(azurite);
        await app.Get<DeadLetters>().TakeFactsAsync("id/1", body, default);
        var row = Assert.Single(await RowsAsync(app));
        Assert.Equal("interactions|20261120", row.PartitionKey);
        Assert.StartsWith("MessageUnreadableException: The message cannot be read", row.GetString("Reason"), StringComparison.Ordinal);
        Assert.Equal(body, Encoding.UTF8.GetString(row.GetBinary("Body")));
        Assert.Equal(app.Clock.GetUtcNow(), row.GetDateTimeOffset("At"));
        // The function that keeps it may be stopped before its own message is gone.
        await app.Get<DeadLetters>().TakeFactsAsync("id/1", body, default);
        Assert.Single(await RowsAsync(app));
    }

    [Fact]
    public async Task The_largest_message_there_can_be_is_kept_whole()
    {
        await using var app = new App(azurite);
        var body = new string('x', 64 * 1024);
        await app.Get<DeadLetters>().TakeFactsAsync("1", body, default);
        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(await RowsAsync(app)).GetBinary("Body")));
    }

    [Fact]
    public async Task A_message_that_succeeds_at_last_is_not_kept_and_counts_once()
    {
        await using var app = new App(azurite);
        Interaction[] items = [app.Share("net:a", "net:t"), app.Share("net:b", "net:t")];
        await app.SendAsync(items);
        var message = Assert.Single(await app.ReceiveAsync());
        await app.Get<DeadLetters>().TakeFactsAsync("1", message, default);
        await app.Get<DeadLetters>().TakeFactsAsync("1", message, default);
        Assert.Empty(await RowsAsync(app));
        await ExactlyOnceTests.AssertSameAsync(app, items);
    }

    [Fact]
    public async Task A_damaged_account_makes_a_dead_letter_and_harms_no_other_account()
    {
        await using var app = new App(azurite, settings: ("Influence:ShardGroups", "1"));
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await DamagedRowTests.DamageAsync(app, "net:t", "state", "Summary", "flip");
        await app.SendAsync([app.Share("net:b", "net:t"), app.Share("net:b", "net:u"), app.Share("net:b", "net:w")]);
        var message = Assert.Single(await app.ReceiveAsync());
        await app.Get<DeadLetters>().TakeFactsAsync("1", message, default);
        Assert.StartsWith("PageCorruptException: ", Assert.Single(await RowsAsync(app)).GetString("Reason"), StringComparison.Ordinal);
        Assert.Equal(1, (await app.CardAsync("net:u"))!.Coverage.People);
        Assert.Equal(1, (await app.CardAsync("net:w"))!.Coverage.People);
    }

    [Fact]
    public async Task A_publication_that_cannot_succeed_is_marked_as_failed()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t"), app.Share("net:a", "net:u")]);
        await app.DrainAsync();
        foreach (var account in new[] { "net:t", "net:u" })
            await DamagedRowTests.DamageAsync(app, account, "state", "Summary", "cut");
        var asked = await app.Get<Publisher>().RequestAsync(null, default);
        var message = (await app.Deployment.Shards.ReceiveMessageAsync()).Value.MessageText;
        await Assert.ThrowsAnyAsync<Exception>(() => app.Get<Publisher>().RunAsync(message, default));
        Assert.Equal(PublicationStatus.Running, (await app.Get<Publisher>().FindAsync(asked!.Id, default))!.Status);

        await app.Get<DeadLetters>().TakePublicationAsync("7", message, default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
        var row = Assert.Single(await RowsAsync(app));
        Assert.Equal(("shards|20261120", message), (row.PartitionKey, Encoding.UTF8.GetString(row.GetBinary("Body"))));
        Assert.StartsWith("InvalidDataException: 2 of 2 accounts cannot be read", row.GetString("Reason"), StringComparison.Ordinal);
        Assert.Null(await app.Get<BoardQueries>().FindAsync("global", null, 10, 0, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"date":"2026-11-20","asOf":1}""")]
    [InlineData("""{"v":1,"id":"x","date":"someday","asOf":1}""")]
    [InlineData("""{"v":9,"id":"x","date":"2026-11-20","asOf":1}""")]
    public async Task An_unreadable_publication_is_kept_and_marks_none(string body)
    {
        await using var app = new App(azurite);
        await app.Get<DeadLetters>().TakePublicationAsync("1", body, default);
        Assert.StartsWith("MessageUnreadableException", Assert.Single(await RowsAsync(app)).GetString("Reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_that_succeeds_at_last_is_published()
    {
        await using var app = new App(azurite);
        var asked = await app.Get<Publisher>().RequestAsync(null, default);
        await app.Get<DeadLetters>()
            .TakePublicationAsync("1", (await app.Deployment.Shards.ReceiveMessageAsync()).Value.MessageText, default);
        Assert.Empty(await RowsAsync(app));
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Published, (await app.Get<Publisher>().FindAsync(asked!.Id, default))!.Status);
    }

    private static async Task<List<TableEntity>> RowsAsync(App app)
    {
        await app.Deployment.KeysAsync(default);
        return await app.Deployment.DeadLetters.QueryAsync<TableEntity>().ToListAsync();
    }
}
