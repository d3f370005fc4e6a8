using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Pipeline.Tests.Settle;

[Collection(AzuriteCollection.Name)]
public sealed class AccountShardsTests(TestAzurite azurite)
{
    private static readonly ShardRange Everyone = new(0, 1);

    [Fact]
    public async Task Settled_accounts_cost_a_transaction_a_partition_beside_the_scan()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Enumerable.Range(0, 400).Select(i => app.Share($"net:a{i % 37}", $"net:t{i % 60}", $"{i}")));
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        using var count = new StorageCount();
        var accounts = await shards.DocumentsAsync(Everyone, default).ToListAsync();
        // States, and where there are any pages of ties and of ledgers, of 16 partitions.
        Assert.Equal(60, accounts.Count);
        var scan = count.Total;
        Assert.InRange(scan, 32, 48);
        var settled = await shards.RecomputeAsync(accounts, new GroupVotes(new Half()), RunAt(app.Now), default);
        Assert.Equal(accounts.Select(a => a.State.Account), settled.Select(a => a.Account));
        Assert.InRange(count.Total - scan, 1, 16);
        Assert.All(await shards.DocumentsAsync(Everyone, default).ToListAsync(), AssertSettled);
    }

    [Fact]
    public async Task Of_accounts_written_together_the_one_that_somebody_wrote_meanwhile_is_settled_by_itself()
    {
        await using var app = new App(azurite, settings: ("Influence:Partitions", "1"));
        await app.SendAsync(Enumerable.Range(0, 40).Select(i => app.Share($"net:a{i % 7}", $"net:t{i % 20}", $"{i}")));
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        var scanned = await shards.DocumentsAsync(Everyone, default).ToListAsync();
        await app.SendAsync([.. new[] { 3, 11, 12 }.Select(t => app.Share("net:late", $"net:t{t}", $"late{t}"))]);
        await app.DrainAsync();
        var settled = await shards.RecomputeAsync(scanned, new GroupVotes(new Half()), RunAt(app.Now), default);
        Assert.Equal(43, settled.Sum(a => a.Totals.Interactions));
        var stored = await shards.DocumentsAsync(Everyone, default).ToListAsync();
        Assert.Equal(43, stored.Sum(d => d.State.Totals.Interactions));
        Assert.All(stored, AssertSettled);
    }

    [Fact]
    public async Task A_fact_that_comes_between_the_scan_and_the_write_is_kept()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t", "1"), app.Share("net:b", "net:t", "2")]);
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        await app.SendAsync([app.Share("net:c", "net:t", "3"), new Undo(app.Share("net:a", "net:t", "1"))]);
        await app.DrainAsync();
        var settled = await shards.RecomputeAsync([scanned], new GroupVotes(new Half()), RunAt(app.Now), default);
        var stored = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        Assert.Equal((2, 2), (Assert.Single(settled).Totals.People, stored.State.Totals.People));
        AssertSettled(stored);
    }

    [Fact]
    public async Task An_account_of_many_pages_and_undos_is_settled_as_in_memory()
    {
        await using var app = new App(azurite);
        Interaction[] items = [.. Enumerable.Range(0, 3_000).Select(i => app.Share($"net:a{i}", "net:hot", $"i{i}", i % 40 * 86_400))];
        await app.SendAsync([.. items, .. items.Where((_, i) => i % 3 == 0).Select(i => new Undo(i))]);
        await app.DrainAsync();
        await AssertSettledAsInMemoryAsync(app);
    }

    [Fact]
    public async Task An_account_too_large_for_one_transaction_is_settled_as_in_memory()
    {
        await using var app = new App(azurite);
        var keys = await app.Deployment.AccountKeysAsync(default);
        var hot = AccountId.Parse("net:hot");
        var store = new AccountStore(app.Deployment.Accounts, keys);
        // In the order of the pages, so that each write touches few.
        var people = Enumerable.Range(0, 90_000).Select(i => AccountId.Parse($"net:a{i}")).OrderBy(keys.Hasher.KeyOf);
        foreach (var part in people.Chunk(9_000))
        {
            Interaction[] facts =
            [
                .. part.Select(actor => new Interaction
                {
                    Type = InteractionType.Like,
                    Actor = actor,
                    Target = hot,
                    At = app.Now,
                }),
            ];
            var before = await store.LoadAsync(hot, s => PageNeeds.Of(s, facts), default);
            Assert.Equal(
                SaveOutcome.Saved,
                (await store.SaveAsync(before, AccountUpdate.Apply(before.State, facts, VoteTable.AllOne, app.Now).State, default)).Outcome
            );
        }

        var ties = StatePacking.PagesOf((await store.LoadAsync(hot, _ => [], default)).State).Count(p => p.Key.Kind == PageKind.Ties);
        Assert.InRange(ties, 41, 200);
        await AssertSettledAsInMemoryAsync(app);
    }

    [Fact]
    public async Task More_days_than_a_transaction_holds_are_forgotten_also_after_a_crash()
    {
        await using var app = new App(azurite);
        await app.SendAsync([
            .. Enumerable.Range(0, 2_700).Select(i => app.Share($"net:a{i}", "net:hot", $"a{i}", i % 90 * 86_400)),
            .. Enumerable.Range(0, 24_000).Select(i => app.Share($"net:a{i % 2_700}", "net:hot", $"b{i}")),
        ]);
        await app.DrainAsync();
        var (shards, hot) = (await ShardsAsync(app), AccountId.Parse("net:hot"));
        var store = new AccountStore(app.Deployment.Accounts, await app.Deployment.AccountKeysAsync(default));
        var before = (await store.LoadWholeAsync(hot, default)).State;
        var days = StatePacking.PagesOf(before).Select(p => p.Key).Where(n => n.Kind == PageKind.Ledger).ToList();
        Assert.InRange(days.Count, 101, 200);
        var later = app.Now + (98 * 86_400);
        var expected = AccountRecompute.Recompute(before, new Half(), later);

        // Left by a settlement that died in the middle of it.
        var left = new TableEntity(
            (await app.StateRowAsync("net:hot")).PartitionKey,
            store.Keys.RowOf(hot, new PageName(PageKind.Ledger, days[0].Day - 1, 0))
        );
        await app.Deployment.Accounts.AddEntityAsync(left);
        var scannedLater = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        await shards.RecomputeAsync([scannedLater], new GroupVotes(new Half()), RunAt(later), default);
        var actual = (await store.LoadWholeAsync(hot, default)).State;
        // Of several logarithms the sum differs from that of the whole by rounding.
        Assert.Equal(expected.Totals.Settled, actual.Totals.Settled, 1e-9);
        actual = actual with { Totals = actual.Totals with { Settled = expected.Totals.Settled } };
        Assert.Equal(StatePacking.PackSummary(expected), StatePacking.PackSummary(actual));
        Assert.Equal(Pages(expected), Pages(actual));
        var rows = await app.Deployment.Accounts.QueryAsync<TableEntity>().ToListAsync();
        Assert.DoesNotContain(rows, r => r.RowKey.StartsWith("l|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_others_keep_writing_to_stays_as_it_is_and_holds_up_nobody()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t", "1")]);
        await app.DrainAsync();
        var scanned = await (await ShardsAsync(app)).DocumentsAsync(Everyone, default).SingleAsync();
        var settled = await (await ShardsAsync(app)).RecomputeAsync([scanned], new GroupVotes(new Meddler(app)), RunAt(app.Now), default);
        Assert.Same(scanned.State, Assert.Single(settled));
    }

    [Fact]
    public async Task What_a_settlement_requested_later_wrote_is_not_written_over()
    {
        await using var app = new App(azurite);
        await app.SendAsync([app.Share("net:a", "net:t", "1")]);
        await app.DrainAsync();
        var shards = await ShardsAsync(app);
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        await shards.RecomputeAsync([scanned], new GroupVotes(new Half()), RunAt(app.Now, "later", 100), default);
        var settled = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        await shards.RecomputeAsync([settled], new GroupVotes(VoteTable.AllOne), RunAt(app.Now, "earlier", 99), default);
        await shards.RecomputeAsync([scanned], new GroupVotes(VoteTable.AllOne), RunAt(app.Now, "earlier", 99), default);
        Assert.Equal(settled.ETag, (await shards.DocumentsAsync(Everyone, default).SingleAsync()).ETag);
        // Facts keep the stamp.
        await app.SendAsync([app.Share("net:b", "net:t", "2")]);
        await app.DrainAsync();
        Assert.Equal("later", (await shards.DocumentsAsync(Everyone, default).SingleAsync()).Settlement?.Publication);
    }

    private static async Task AssertSettledAsInMemoryAsync(App app)
    {
        var shards = await ShardsAsync(app);
        var store = new AccountStore(app.Deployment.Accounts, await app.Deployment.AccountKeysAsync(default));
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        var account = scanned.State.Account;
        var expected = AccountRecompute.Recompute((await store.LoadWholeAsync(account, default)).State, new Half(), app.Now);
        await shards.RecomputeAsync([scanned], new GroupVotes(new Half()), RunAt(app.Now), default);
        var actual = (await store.LoadWholeAsync(account, default)).State;
        // Of several logarithms the sum differs from that of the whole by rounding.
        Assert.Equal(expected.Totals.Settled, actual.Totals.Settled, 1e-9);
        actual = actual with { Totals = actual.Totals with { Settled = expected.Totals.Settled } };
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

    internal static async Task<AccountShards> ShardsAsync(App app)
    {
        var writer = app.Get<AccountWriter>();
        var store = await writer.StoreAsync(default);
        var settler = new AccountSettler(store, writer, app.Get<Suppression>(), app.Get<OptimisticConcurrency>(), NullLogger.Instance);
        return new AccountShards(app.Deployment.Accounts, store, settler, NullLogger<AccountShards>.Instance);
    }

    private static PublicationRun RunAt(long moment, string id = "run", long requestedAt = 0) =>
        new(
            id,
            DateTimeOffset.FromUnixTimeSeconds(requestedAt),
            1,
            new PublicationInput(new DateOnly(2026, 11, 20), moment, moment, 3, 0.01)
        );

    /// <summary>Writes to the only account whenever its votes are asked for.</summary>
    private sealed class Meddler(App app) : IVotes
    {
        public float Of(ulong actor)
        {
            var row = app.Deployment.Accounts.Query<TableEntity>(r => r.PartitionKey != "deployment").Single();
            app.Deployment.Accounts.UpdateEntity(row, row.ETag, TableUpdateMode.Replace);
            return 0.5f;
        }
    }

    private sealed class Half : IVotes
    {
        public float Of(ulong actor) => 0.5f;
    }
}
