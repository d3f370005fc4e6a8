using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Operations;

[Collection(AzuriteCollection.Name)]
public sealed class VerifyTests(TestAzurite azurite)
{
    [Fact]
    public async Task Tampered_totals_are_reported_then_repaired_then_clean_and_nothing_is_written_without_repair()
    {
        await using var app = new App(azurite);
        await FillAsync(app, 30);
        var sound = await app.CardAsync("net:t3");
        var tampered = await TamperAsync(app, "net:t3");
        Assert.NotEqual(sound!.Score, (await app.CardAsync("net:t3"))!.Score);

        var report = await VerifyAsync(app, 50, repair: false);
        Assert.Equal((30, 1, 0), (report.Checked, report.DriftedAccounts, report.Repaired));
        Assert.All(report.Drifted, d => Assert.Equal("net:t3", d.Id));
        Assert.Contains(report.Drifted, d => d.What == "influence" && Math.Abs(d.Points) > 0.1);
        Assert.Equal(tampered, (await app.StateRowAsync("net:t3")).ETag);

        var others = (await app.StateRowAsync("net:t4")).ETag;
        var repaired = await VerifyAsync(app, 50, repair: true);
        Assert.Equal((1, 1), (repaired.DriftedAccounts, repaired.Repaired));
        Assert.Equal(others, (await app.StateRowAsync("net:t4")).ETag);
        Assert.Equal(0, (await VerifyAsync(app, 50, repair: true)).DriftedAccounts);
        Assert.Equal(sound.Score, (await app.CardAsync("net:t3"))!.Score, 1e-9);
    }

    [Fact]
    public async Task Without_repair_no_request_changes_storage()
    {
        var writes = new WriteCount();
        await using var app = new App(azurite);
        await FillAsync(app, 10);
        await TamperAsync(app, "net:t3");
        var options = new TableClientOptions();
        options.AddPolicy(writes, HttpPipelinePosition.PerRetry);
        var counted = new TableClient(azurite.ConnectionString, app.Deployment.Accounts.Name, options);
        var store = new AccountStore(counted, await app.Deployment.AccountKeysAsync(default));
        var account = AccountId.Parse("net:t3");
        Assert.NotEmpty(
            (
                await new AccountCheck(
                    store,
                    app.Get<AccountWriter>(),
                    app.Get<OptimisticConcurrency>(),
                    app.Clock,
                    repair: false
                ).RunAsync(account, default)
            )
                .Verification!
                .Drifts
        );
        Assert.Equal((0, 2), (writes.Writes, writes.Reads));
        Assert.True(
            (
                await new AccountCheck(store, app.Get<AccountWriter>(), app.Get<OptimisticConcurrency>(), app.Clock, repair: true).RunAsync(
                    account,
                    default
                )
            ).IsRepaired
        );
        // The repair is written by the one writer of accounts.
        Assert.Equal(0, writes.Writes);
        Assert.Equal(0, (await VerifyAsync(app, 50, repair: false)).DriftedAccounts);
    }

    [Fact]
    public async Task Accounts_asked_for_by_id_cost_one_read_each_and_unknown_and_damaged_ones_are_listed()
    {
        await using var app = new App(azurite);
        await FillAsync(app, 10);
        await DamagedRowTests.DamageAsync(app, "net:t2", "state", "Ties", "flip");
        AccountId[] accounts = [.. new[] { "net:t1", "net:t2", "net:nobody", "net:t1" }.Select(AccountId.Parse)];
        using var count = new StorageCount();
        var report = await app.Get<AccountVerifier>().RunAsync(new VerifyRequest(accounts), default);
        Assert.Equal((3, 1, 0), (count["verify"], report.Checked, report.DriftedAccounts));
        Assert.Equal(["net:nobody"], report.Unknown);
        Assert.Equal(("net:t2", "unreadable"), report.Failed.Select(f => (f.Id, f.Code)).Single());
    }

    [Fact]
    public async Task An_account_that_lacks_a_page_is_unreadable_rather_than_busy()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:hot")));
        await app.DrainAsync();
        var row = await app.StateRowAsync("net:hot");
        await app.Deployment.Accounts.DeleteEntityAsync(row.PartitionKey, await app.TiesRowAsync("net:hot"));
        var report = await app.Get<AccountVerifier>().RunAsync(new VerifyRequest([AccountId.Parse("net:hot")]), default);
        Assert.Equal(("net:hot", "unreadable"), report.Failed.Select(f => (f.Id, f.Code)).Single());
    }

    [Fact]
    public async Task A_sample_is_the_same_for_the_same_seed_and_differs_for_another()
    {
        await using var app = new App(azurite);
        await FillAsync(app, 300);
        var keys = await app.Deployment.AccountKeysAsync(default);
        var one = await new AccountSample(app.Deployment.Accounts, keys, 1, 4).PickAsync(60, default);
        Assert.Equal(60, one.Distinct().Count());
        Assert.Equal(one, await new AccountSample(app.Deployment.Accounts, keys, 1, 4).PickAsync(60, default));
        Assert.NotEqual(one, await new AccountSample(app.Deployment.Accounts, keys, 2, 4).PickAsync(60, default));
        Assert.True(one.Select(keys.Hasher.ShardOf).Distinct().Count() > 30, "A sample is spread over shards");
        Assert.Equal(300, (await new AccountSample(app.Deployment.Accounts, keys, 1, 8).PickAsync(1000, default)).Distinct().Count());
    }

    [Fact]
    public async Task A_large_account_is_read_whole_and_verifies_while_it_is_written_to()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Enumerable.Range(0, 4_000).Select(i => app.Share($"net:a{i}", "net:hot", $"i{i}", i % 20 * 86_400)));
        await app.DrainAsync();
        var hot = new VerifyRequest([AccountId.Parse("net:hot")]);
        Assert.Equal((1, 0), await CountsAsync());

        await app.SendAsync(Enumerable.Range(0, 400).Select(i => app.Share($"net:b{i}", "net:hot", $"b{i}")), 20);
        var writing = app.DrainAsync();
        while (!writing.IsCompleted)
        {
            var report = await app.Get<AccountVerifier>().RunAsync(hot, default);
            Assert.Equal(0, report.DriftedAccounts);
            Assert.All(report.Failed, f => Assert.Equal("busy", f.Code));
        }

        await writing;
        Assert.Equal((1, 0), await CountsAsync());

        async Task<(int, int)> CountsAsync()
        {
            var report = await app.Get<AccountVerifier>().RunAsync(hot, default);
            return (report.Checked, report.DriftedAccounts + report.Failed.Count);
        }
    }

    private static Task<VerifyReport> VerifyAsync(App app, int sample, bool repair) =>
        app.Get<AccountVerifier>().RunAsync(new VerifyRequest([], sample, Repair: repair), default);

    private static async Task FillAsync(App app, int accounts)
    {
        await app.SendAsync(
            Enumerable.Range(0, accounts * 3).Select(i => app.Share($"net:a{i % 7}", $"net:t{i % accounts}", $"{i}", i % 5 * 86_400))
        );
        await app.DrainAsync();
    }

    /// <summary>A valid summary with the totals of other facts on the same days, beside the pages of the true ones.</summary>
    private static async Task<ETag> TamperAsync(App app, string account)
    {
        var keys = await app.Deployment.KeysAsync(default);
        var row = await app.StateRowAsync(account);
        var document = AccountRow.Read(row, AccountId.Parse(account), keys);
        var facts = StatePacking
            .PagesOf(document.State)
            .Where(p => p.Key.Kind == PageKind.Ledger)
            .Select(p => new Interaction
            {
                Type = InteractionType.Quote,
                Actor = AccountId.Parse("net:liar"),
                Target = document.State.Account,
                At = p.Key.Day * 86_400L,
            });
        var other = AccountUpdate
            .Apply(AccountState.Empty(document.State.Account, ScoringPolicy.Current, keys), [.. facts], VoteTable.AllOne, app.Now)
            .State;
        row[AccountRow.Summary] = StatePacking.PackSummary(other);
        return (await app.Deployment.Accounts.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace)).Headers.ETag!.Value;
    }

    private sealed class WriteCount : HttpPipelineSynchronousPolicy
    {
        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Get)
                Reads++;
            else
                Writes++;
        }
    }
}
