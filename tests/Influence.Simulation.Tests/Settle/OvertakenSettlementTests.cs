using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Simulation.Tests.Settle;

/// <summary>Settlements beside other writers: later settlements, facts, retention.</summary>
public sealed class OvertakenSettlementTests
{
    private static readonly ShardRange Everyone = new(0, 1);

    [Fact]
    public async Task A_settlement_that_was_overtaken_before_it_writes_writes_no_account()
    {
        await using var app = new InMemoryApp();
        await app.PopulateAsync(20);
        var (shards, data) = (await ShardsAsync(app), new SettlementTable(app.Deployment.Settlements));
        var run = RunOf(app, "early");
        await data.PutAsync(run.Id, VoteParts.Name(1, Everyone), KeyedValueCodec.Pack(await HalvesAsync(app)), default);
        var before = await shards.DocumentsAsync(Everyone, default).ToDictionaryAsync(d => d.State.Account, d => d.ETag);
        var settle = new SettlementSteps(
            shards,
            data,
            new PassVotesCache(data, app.Clock, 1_000_000),
            async (_, cancellationToken) =>
            {
                // As storage's answer, which takes its time.
                await Task.Delay(100, cancellationToken);
                return false;
            },
            (_, _) => Task.FromResult(OwnActivities.None),
            _ => Task.FromResult(ErasedAccounts.None),
            new InfluenceOptions { AccountsAtATime = 8 }
        );
        await settle.ApplyAsync(run, 1, Everyone, default);
        var after = await shards.DocumentsAsync(Everyone, default).ToDictionaryAsync(d => d.State.Account, d => d.ETag);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Votes_that_are_deleted_while_they_are_read_are_looked_for_under_the_new_pointer()
    {
        await using var app = new InMemoryApp(null, ("Influence:SettlePasses", "1"), ("Influence:VoteCacheSeconds", "10"));
        await app.PopulateAsync(3);
        async Task SettleAsync()
        {
            Assert.NotNull(await app.Publisher.RequestAsync(null, default));
            for (var i = 0; i < 2; i++)
            {
                await app.DrainAsync();
                app.Clock.Advance(TimeSpan.FromSeconds(11));
            }
        }

        await SettleAsync();
        var old = (await VotesPointer.FindAsync(app.Deployment.Settlements, default))!;
        var isOver = false;
        app.Faults.Before = async call =>
        {
            // Between the head and its parts.
            if (isOver || call.Resource != "Settlements" || !call.Key.Contains("|0000", StringComparison.Ordinal) || call.Step != "votes")
                return;
            isOver = true;
            await SettleAsync();
            await new SettlementTable(app.Storage.Table("Settlements")).DeleteAsync(old.Publication, default);
        };
        await app.ApplyAsync(app.Share("p0", "fresh"));
        Assert.True(isOver);
        Assert.NotNull(await app.Get<ProfileQueries>().FindAsync(AccountId.Parse("net:fresh"), default));
    }

    [Fact]
    public async Task A_large_account_that_a_later_settlement_writes_half_way_keeps_what_that_wrote()
    {
        await using var app = new InMemoryApp(new NoWaitClock(InMemoryApp.Noon));
        var keys = await app.Deployment.AccountKeysAsync(default);
        var (hot, store) = (AccountId.Parse("net:hot"), new AccountStore(app.Deployment.Accounts, keys));
        var people = Enumerable.Range(0, 90_000).Select(i => AccountId.Parse($"net:a{i}")).OrderBy(keys.Hasher.KeyOf);
        foreach (var part in people.Chunk(9_000))
        {
            Interaction[] facts = [.. part.Select(actor => app.Share("x", "hot") with { Actor = actor })];
            var before = await store.LoadAsync(hot, s => PageNeeds.Of(s, facts), default);
            await store.SaveAsync(before, AccountUpdate.Apply(before.State, facts, VoteTable.AllOne, app.Now).State, default);
        }

        var shards = await ShardsAsync(app);
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        var (early, later, written) = (RunOf(app, "early"), RunOf(app, "later"), 0);
        app.Faults.Before = async call =>
        {
            written += call.Operation == "SubmitTransaction" ? 1 : 0;
            // The first part is written, the second not yet read.
            if (written != 1 || !call.Key.Contains(" s|", StringComparison.Ordinal) || call.Operation != "GetEntityIfExists")
                return;
            written++;
            await shards.RecomputeAsync(
                [await shards.DocumentsAsync(Everyone, default).SingleAsync()],
                new GroupVotes(new Same(0.25f)),
                later,
                default
            );
        };
        await shards.RecomputeAsync([scanned], new GroupVotes(new Same(0.5f)), early, default);
        Assert.True(written > 2);
        var stored = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        Assert.Equal("later", stored.Settlement?.Publication);
        Assert.Equal(AccountSettlement.ScoreUnder(stored.State, new Same(0.25f), app.Now), stored.State.ScoreAt(app.Now).Value, 1e-9);
    }

    [Fact]
    public async Task A_fact_that_comes_between_the_scan_of_pages_and_of_states_stays()
    {
        await using var app = new InMemoryApp();
        // Pages in rows of their own.
        await app.ApplyAsync([.. Enumerable.Range(0, 1_500).Select(i => app.Share($"a{i}", "hot"))]);
        var (shards, isOver) = (await ShardsAsync(app), false);
        app.Faults.Before = async call =>
        {
            if (isOver || call.Operation != "Query" || !call.Key.Contains("RowKey ge 's|", StringComparison.Ordinal))
                return;
            // Whichever partition it lies in: pages of a partition are read before its states.
            if (app.Storage.TableOf("Accounts").All().Single(r => AccountKeys.IsState(r.RowKey)).PartitionKey is var own)
                isOver = call.Key.Contains($"PartitionKey eq '{own}'", StringComparison.Ordinal);
            if (isOver)
                await app.ApplyAsync(app.Share("late", "hot"));
        };
        var scanned = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        Assert.True(isOver);
        await shards.RecomputeAsync([scanned], new GroupVotes(new Same(0.5f)), RunOf(app, "run"), default);

        var stored = await shards.DocumentsAsync(Everyone, default).SingleAsync();
        Assert.Equal(1_501, stored.State.Totals.People);
        Assert.Equal(AccountSettlement.ScoreUnder(stored.State, new Same(0.5f), app.Now), stored.State.ScoreAt(app.Now).Value, 1e-9);
        var keys = await app.Deployment.KeysAsync(default);
        Interaction[] all = [.. Enumerable.Range(0, 1_500).Select(i => app.Share($"a{i}", "hot")), app.Share("late", "hot")];
        var empty = AccountState.Empty(AccountId.Parse("net:hot"), ScoringPolicy.Current, keys);
        var expected = AccountUpdate.Apply(empty, all, new Same(0.5f), app.Now).State;
        Assert.Equal(expected.ScoreAt(app.Now).Value, stored.State.ScoreAt(app.Now).Value, 1e-9);
    }

    private static async Task<IEnumerable<KeyValuePair<ulong, StoredVote>>> HalvesAsync(InMemoryApp app)
    {
        var keys = await app.Deployment.KeysAsync(default);
        return Enumerable.Range(0, 20).Select(p => KeyValuePair.Create(keys.KeyOf(AccountId.Parse($"net:p{p}")), new StoredVote(0.5f, 0)));
    }

    private static PublicationRun RunOf(InMemoryApp app, string id) =>
        new(
            id,
            InMemoryApp.Noon.AddSeconds(id == "later" ? 1 : 0),
            1,
            new PublicationInput(new DateOnly(2026, 11, 20), app.Now, app.Now, 3, 0.01)
        );

    private static async Task<AccountShards> ShardsAsync(InMemoryApp app)
    {
        var writer = app.Get<AccountWriter>();
        var store = await writer.StoreAsync(default);
        var settler = new AccountSettler(store, writer, app.Get<Suppression>(), app.Get<OptimisticConcurrency>(), NullLogger.Instance);
        return new AccountShards(app.Deployment.Accounts, store, settler, NullLogger<AccountShards>.Instance);
    }

    private sealed class Same(float vote) : IVotes
    {
        public float Of(ulong actor) => vote;
    }
}
