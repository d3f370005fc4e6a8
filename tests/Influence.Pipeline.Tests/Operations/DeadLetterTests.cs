using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Operations;

public sealed class DeadLetterTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not a message 🦊")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":"AAAA"}""")]
    public async Task An_unreadable_message_is_kept_with_reason_body_and_time(string body)
    {
        await using var app = new App();
        await app.Get<DeadLetters>().TakeFactsAsync(body, default);
        var row = Assert.Single(await RowsAsync(app));
        Assert.Equal("interactions|20261120", row.PartitionKey);
        Assert.StartsWith("MessageUnreadable: The message cannot be read", row.GetString("Reason"), StringComparison.Ordinal);
        Assert.Equal(body, Encoding.UTF8.GetString(row.GetBinary("Body")));
        Assert.Equal(app.Clock.GetUtcNow(), row.GetDateTimeOffset("At"));
        // The function that keeps it may be stopped before its own message is gone.
        await app.Get<DeadLetters>().TakeFactsAsync(body, default);
        Assert.Single(await RowsAsync(app));
    }

    [Fact]
    public async Task A_letter_is_known_by_its_body_and_hour_whatever_the_message_says_of_itself()
    {
        await using var app = new App(now: new DateTimeOffset(2026, 11, 20, 22, 58, 0, TimeSpan.Zero));
        string[] same = ["""{"v":9,"id":"x","n":1}""", """{"v":9,"id":"x","n":2}"""];
        foreach (var body in same)
            await KeepAsync(body);
        Assert.Equal(same, (await RowsAsync(app)).Select(BodyOf).Order());

        // Redelivered ten minutes later, its function having been stopped: the same letter, over the hour and over midnight.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await KeepAsync(same[0]);
        Assert.Equal(2, (await RowsAsync(app)).Count);
        await KeepAsync("another");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync("another");
        Assert.Equal(3, (await RowsAsync(app)).Count);

        // Failed anew.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync("another");
        Assert.Equal(
            ["interactions|20261120 22", "interactions|20261120 22", "interactions|20261120 23", "interactions|20261121 01"],
            (await RowsAsync(app)).Select(r => $"{r.PartitionKey} {r.RowKey.Split('|')[0]}")
        );

        Task KeepAsync(string body) => app.Get<DeadLetters>().TakeFactsAsync(body, default);
    }

    [Fact]
    public async Task The_largest_message_there_can_be_is_kept_whole()
    {
        await using var app = new App();
        var body = new string('x', 64 * 1024);
        await app.Get<DeadLetters>().TakeFactsAsync(body, default);
        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(await RowsAsync(app)).GetBinary("Body")));
    }

    [Fact]
    public async Task A_message_that_succeeds_at_last_is_not_kept_and_counts_once()
    {
        await using var app = new App();
        Interaction[] items = [app.Share("net:a", "net:t"), app.Share("net:b", "net:t")];
        await app.SendAsync(items);
        var message = Assert.Single(await app.ReceiveAsync());
        await app.Get<DeadLetters>().TakeFactsAsync(message, default);
        await app.Get<DeadLetters>().TakeFactsAsync(message, default);
        Assert.Empty(await RowsAsync(app));
        await ExactlyOnceTests.AssertSameAsync(app, items);
    }

    [Fact]
    public async Task A_damaged_account_makes_a_dead_letter_and_harms_no_other_account()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t")]);
        await app.DrainAsync();
        await DamagedRowTests.DamageAsync(app, "net:t", "state", "Summary", "flip");
        await app.SendAsync([app.Share("net:b", "net:t"), app.Share("net:b", "net:u"), app.Share("net:b", "net:w")]);
        var message = Assert.Single(await app.ReceiveAsync());
        await app.Get<DeadLetters>().TakeFactsAsync(message, default);
        Assert.StartsWith("PageCorrupt: ", Assert.Single(await RowsAsync(app)).GetString("Reason"), StringComparison.Ordinal);
        Assert.Equal(1, (await app.CardAsync("net:u"))!.Coverage.People);
        Assert.Equal(1, (await app.CardAsync("net:w"))!.Coverage.People);
    }

    [Fact]
    public async Task A_publication_that_cannot_succeed_is_marked_as_failed()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t"), app.Share("net:a", "net:u")]);
        await app.DrainAsync();
        foreach (var account in new[] { "net:t", "net:u" })
            await DamagedRowTests.DamageAsync(app, account, "state", "Summary", "cut");
        var asked = await app.Get<Publisher>().RequestAsync(null, default);
        var message = (await app.Deployment.Shards.ReceiveMessageAsync()).Value.MessageText;
        await Assert.ThrowsAnyAsync<Exception>(() => app.Get<Publisher>().RunAsync(message, default));
        Assert.Equal(PublicationStatus.Running, (await app.Get<Publisher>().FindAsync(asked!.Id, default))!.Status);

        await app.Get<DeadLetters>().TakePublicationAsync(message, default);
        Assert.Equal(PublicationStatus.Failed, (await app.Get<Publisher>().FindAsync(asked.Id, default))!.Status);
        var row = Assert.Single(await RowsAsync(app));
        Assert.Equal(("shards|20261120", message), (row.PartitionKey, Encoding.UTF8.GetString(row.GetBinary("Body"))));
        Assert.StartsWith("InvalidData: 2 of 2 accounts cannot be read", row.GetString("Reason"), StringComparison.Ordinal);
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
        await using var app = new App();
        await app.Get<DeadLetters>().TakePublicationAsync(body, default);
        Assert.StartsWith("MessageUnreadable", Assert.Single(await RowsAsync(app)).GetString("Reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_that_succeeds_at_last_is_published()
    {
        await using var app = new App();
        var asked = await app.Get<Publisher>().RequestAsync(null, default);
        await app.Get<DeadLetters>().TakePublicationAsync((await app.Deployment.Shards.ReceiveMessageAsync()).Value.MessageText, default);
        Assert.Empty(await RowsAsync(app));
        await app.DrainPublicationsAsync();
        Assert.Equal(PublicationStatus.Published, (await app.Get<Publisher>().FindAsync(asked!.Id, default))!.Status);
    }

    private static string BodyOf(TableEntity row) => Encoding.UTF8.GetString(row.GetBinary("Body"));

    private static async Task<List<TableEntity>> RowsAsync(App app)
    {
        await app.Deployment.KeysAsync(default);
        return await app.Deployment.DeadLetters.QueryAsync<TableEntity>().ToListAsync();
    }
}
