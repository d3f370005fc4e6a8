using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Recompute;

/// <summary>An account whose state has filled its row: it harms itself, and nobody else.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class UnwritableAccountTests(TestAzurite azurite)
{
    private const string Full = "net:full";
    private const int MaxProperty = 64 * 1024;

    [Fact]
    public async Task Its_facts_become_one_dead_letter_and_the_others_of_the_message_count()
    {
        await using var app = new App(azurite);
        await FillAsync(app);
        await app.SendAsync([
            app.Share("net:a", Full, "1"),
            app.Share("net:b", Full, "2"),
            app.Share("net:b", "net:t"),
            app.Share("net:b", "net:u"),
        ]);
        var message = Assert.Single(await app.ReceiveAsync());
        var failure = await Assert.ThrowsAsync<AccountsFailedException>(() => app.ApplyAsync(message));
        Assert.IsType<AccountTooLargeException>(Assert.Single(failure.Accounts).Cause);
        Assert.Equal(1, (await app.CardAsync("net:t"))!.Coverage.People);
        Assert.Equal(1, (await app.CardAsync("net:u"))!.Coverage.People);
        // It comes back as often as the queue likes, and changes nothing.
        await Assert.ThrowsAsync<AccountsFailedException>(() => app.ApplyAsync(message));

        await app.Get<DeadLetters>().TakeFactsAsync(message, default);
        // The function that keeps the letter may be stopped before its own message is gone.
        await app.Get<DeadLetters>().TakeFactsAsync(message, default);
        var letter = Assert.Single(await app.Deployment.DeadLetters.QueryAsync<TableEntity>().ToListAsync());
        Assert.StartsWith("AccountTooLarge: ", letter.GetString("Reason"), StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(letter.GetBinary("Body"));
        Assert.Equal([Full, Full], FactsCodec.Read(body).Facts.Select(f => f.About!.Value.Value));
        Assert.DoesNotContain(Full, letter.GetString("Reason"), StringComparison.Ordinal);

        // Once there is room, the letter is queued again and counts once.
        await app.Deployment.Accounts.DeleteEntityAsync((await app.StateRowAsync(Full)) is var row ? row.PartitionKey : "", row.RowKey);
        Assert.Equal(2, (await app.ApplyAsync(body)).Applied);
        Assert.Equal(0, (await app.ApplyAsync(message)).Applied);
        Assert.Equal(2, (await app.CardAsync(Full))!.Coverage.People);
    }

    [Fact]
    public async Task A_settlement_leaves_it_as_it_is_and_the_board_is_published()
    {
        await using var app = await SettledCommunity.CommunityAsync(256, azurite: azurite);
        await FillAsync(app);
        var before = await app.StateRowAsync(Full);
        await app.PublishAsync();
        var rows = (await app.Get<BoardQueries>().FindAsync("global", null, 1000, 0, default))!.Rows;
        Assert.Contains(rows, r => r.Id == Full);
        Assert.Contains(rows, r => r.Id == "net:t1");
        Assert.Equal(before.ETag, (await app.StateRowAsync(Full)).ETag);
    }

    // One fan whose vote will change, and a day with so many pages in the ledger that their names fill the row to the last few bytes.
    private static async Task FillAsync(App app)
    {
        var keys = await app.Deployment.AccountKeysAsync(default);
        var fact = new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse("net:everywhere"),
            Target = AccountId.Parse(Full),
            At = app.Now - (2 * ScoringPolicy.Day),
        };
        var empty = AccountState.Empty(fact.Target.Value, ScoringPolicy.Current, keys.Hasher);
        var state = AccountUpdate.Apply(empty, [fact], VoteTable.AllOne, app.Now).State;
        var pages = 1;
        while (StatePacking.PackSummary(WithPages(pages + 1)).Length <= MaxProperty)
            pages++;
        state = WithPages(pages);
        var document = new AccountDocument(state, null, new HashSet<PageKind> { PageKind.Ledger });
        using var store = new AccountStore(app.Deployment.Accounts, keys);
        Assert.Equal(SaveOutcome.Saved, (await store.SaveAsync(document, state, default)).Outcome);

        AccountState WithPages(int count) =>
            state with
            {
                Ledger = state.Ledger.With(
                    Ledger.DayOf(fact.At) - 1,
                    PageSet<LedgerEntry>.Unloaded([.. Enumerable.Range(1, count).Select(i => (((ulong)i << 40) | 1, (byte)1))])
                ),
            };
    }
}
