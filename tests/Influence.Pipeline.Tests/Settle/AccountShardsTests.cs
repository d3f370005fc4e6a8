using Influence.Scoring;
using Influence.Tests;

namespace Influence.Pipeline.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class AccountShardsTests(TestAzurite azurite)
{
    private static readonly ShardRange Everyone = new(0, 1);

    [Fact]
    public async Task A_settled_account_costs_one_write_beside_the_scan()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Enumerable.Range(0, 400).Select(i => app.Share($"net:a{i % 37}", $"net:t{i % 60}", $"{i}")));
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        using var count = new StorageCount();
        var accounts = await shards.DocumentsAsync(Everyone, default).ToListAsync();
        Assert.Equal((60, 1), (accounts.Count, count.Total));
        foreach (var account in accounts) await shards.RecomputeAsync(account, new Half(), app.Now, default);
        Assert.Equal(61, count.Total);
        Assert.All(await shards.DocumentsAsync(Everyone, default).ToListAsync(), AssertSettled);
    }

    [Fact]
    public async Task A_fact_that_comes_between_the_scan_and_the_write_is_kept()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t", "1"), app.Share("net:b", "net:t", "2")]);
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        await app.SendAsync([app.Share("net:c", "net:t", "3"), app.Share("net:a", "net:t", "1") with { Undo = true }]);
        await app.DrainAsync();
        var settled = await shards.RecomputeAsync(scanned, new Half(), app.Now, default);
        var stored = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        Assert.Equal((2, 2), (settled.Totals.People, stored.State.Totals.People));
        AssertSettled(stored);
    }

    [Fact]
    public async Task An_account_of_many_pages_and_undos_is_settled_as_in_memory()
    {
        await using var app = new App(azurite);
        FactItem[] items = [.. Enumerable.Range(0, 3_000).Select(i => app.Share($"net:a{i}", "net:hot", $"i{i}", i % 40 * 86_400))];
        await app.SendAsync([.. items, .. items.Where((_, i) => i % 3 == 0).Select(i => i with { Undo = true })]);
        await app.DrainAsync();
        await AssertSettledAsInMemoryAsync(app);
    }

    [Fact]
    public async Task An_account_too_large_for_one_transaction_is_settled_as_in_memory()
    {
        await using var app = new App(azurite);
        var keys = await app.Deployment.KeysAsync(default);
        var hot = AccountId.Parse("net:hot");
        var store = new AccountStore(app.Deployment.Accounts, keys);
        // In the order of the pages, so that each write touches few.
        var people = Enumerable.Range(0, 90_000).Select(i => AccountId.Parse($"net:a{i}")).OrderBy(keys.KeyOf);
        foreach (var part in people.Chunk(9_000))
        {
            Interaction[] facts = [.. part.Select(actor => new Interaction { Type = InteractionType.Like, Actor = actor, Target = hot, At = app.Now })];
            var before = await store.LoadAsync(hot, facts, default);
            Assert.Equal(SaveOutcome.Saved, await store.SaveAsync(before, AccountUpdate.Apply(before.State, facts, VoteTable.AllOne, app.Now).State, default));
        }

        var ties = StatePacking.PagesOf((await store.LoadAsync(hot, _ => [], default)).State).Count(p => p.Key.Kind == PageKind.Ties);
        Assert.InRange(ties, 41, 200);
        await AssertSettledAsInMemoryAsync(app);
    }

    private static async Task AssertSettledAsInMemoryAsync(App app)
    {
        var shards = await ShardsAsync(app);
        var store = new AccountStore(app.Deployment.Accounts, await app.Deployment.KeysAsync(default));
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        var account = scanned.State.Account;
        var expected = AccountRecompute.Recompute((await store.LoadWholeAsync(account, default)).State, new Half(), app.Now);
        await shards.RecomputeAsync(scanned, new Half(), app.Now, default);
        var actual = (await store.LoadWholeAsync(account, default)).State;
        Assert.Equal(StatePacking.PackSummary(expected), StatePacking.PackSummary(actual));
        Assert.Equal(Pages(expected), Pages(actual));
        AssertSettled(await shards.DocumentsAsync(Everyone, default).SingleAsync());
    }

    private static void AssertSettled(AccountDocument document)
    {
        var at = document.State.Totals.AsOf;
        Assert.Equal(AccountSettlement.ScoreUnder(document.State, new Half(), at), document.State.ScoreAt(at).Value, 1e-9);
        Assert.NotEqual(AccountSettlement.ScoreUnder(document.State, VoteTable.AllOne, at), document.State.ScoreAt(at).Value, 1e-3);
    }

    private static Dictionary<PageName, byte[]> Pages(AccountState state) =>
        StatePacking.PagesOf(state).ToDictionary(p => p.Key, p => StatePacking.PackPage(state, p.Value));

    private static async Task<AccountShards> ShardsAsync(App app) => new(app.Deployment.Accounts, await app.Deployment.KeysAsync(default));

    private sealed class Half : IVotes
    {
        public float Of(ulong actor) => 0.5f;
    }
}
