using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Influence.Pipeline.Tests.Storage;

/// <summary>Faults at the SDK's edge, below its retries: throttling, 403, a failing token, lost answers.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class FaultTests(TestAzurite azurite)
{
    private static readonly AccountId Target = AccountId.Parse("net:t");

    [Fact]
    public async Task Storage_that_throttles_twice_is_asked_a_third_time()
    {
        await using var storage = await ReadyAsync();
        storage.Next(_ => true, Fault.Throttled, Fault.Busy);
        var found = await storage.Get<Deployment>().Journal.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(found.HasValue);
        Assert.Equal([Fault.Throttled, Fault.Busy, Fault.None], storage.Sent.Select(s => s.Fault));
    }

    [Theory]
    [InlineData(Fault.Throttled, 429)]
    [InlineData(Fault.Busy, 503)]
    [InlineData(Fault.Forbidden, 403)]
    [InlineData(Fault.LostRequest, 0)]
    [InlineData(Fault.LostAnswer, 0)]
    [InlineData(Fault.Page, 0)]
    public async Task Storage_that_cannot_serve_now_is_try_later_and_the_facts_count_once_afterwards(object fault, int status)
    {
        await using var storage = await ReadyAsync();
        var message = Message("a", "b");
        storage.FaultOf = _ => (Fault)fault;
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => storage.Get<ScoreRecomputer>().ApplyAsync(message, default));
        Assert.True(StorageFailure.IsTryLater(failure, default), $"{failure}");
        Assert.Equal(status, StorageFailure.CodeOf(failure).Status);
        // No reason to give the facts up: a dead letter would.
        await Assert.ThrowsAnyAsync<Exception>(() => storage.Get<DeadLetters>().TakeFactsAsync(message, default));
        storage.FaultOf = _ => Fault.None;
        Assert.Empty(await storage.Get<Deployment>().DeadLetters.QueryAsync<TableEntity>().ToListAsync());
        // Known where they were written and only the answer was lost.
        var result = await storage.Get<ScoreRecomputer>().ApplyAsync(message, default);
        Assert.Equal(2, result.Applied + result.Known);
        Assert.Equal(2, await PeopleAsync(storage));
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Conflict)]
    public async Task An_entry_of_the_audit_is_there_once_whatever_became_of_its_answer(object fault)
    {
        await using var storage = await ReadyAsync();
        storage.Next(r => r.Method == HttpMethod.Post, (Fault)fault);
        await storage.Get<AuditLog>().AppendAsync("who", "call", null, null, null, default);
        Assert.Single(await storage.Get<Deployment>().Audit.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task What_storage_refuses_as_wrong_is_a_bug_and_becomes_a_dead_letter_with_its_code()
    {
        await using var storage = await ReadyAsync();
        var message = Message("a");
        storage.FaultOf = r => IsAccounts(r) && r.Method != HttpMethod.Get ? Fault.Refused : Fault.None;
        await storage.Get<DeadLetters>().TakeFactsAsync(message, default);
        var letter = Assert.Single(await storage.Get<Deployment>().DeadLetters.QueryAsync<TableEntity>().ToListAsync());
        Assert.Equal("RequestFailed: 400 InvalidInput", letter.GetString("Reason"));
    }

    [Fact]
    public async Task Facts_whose_answer_was_lost_once_count_once()
    {
        await using var storage = await ReadyAsync();
        foreach (var actors in new[] { new[] { "a", "b" }, ["c"] })
        {
            // First the state row is added, then replaced; each time the SDK asks again and is told that somebody was there before.
            storage.Next(r => IsAccounts(r) && r.Method != HttpMethod.Get && !IsLease(r), Fault.LostAnswer);
            var result = await storage.Get<ScoreRecomputer>().ApplyAsync(Message(actors), default);
            Assert.Equal((0, actors.Length), (result.Applied, result.Known));
            Assert.Contains(storage.Sent, s => s.Fault == Fault.LostAnswer);
        }

        Assert.Equal(3, await PeopleAsync(storage));
    }

    [Fact]
    public async Task A_large_account_whose_transactions_answer_was_lost_counts_once()
    {
        await using var storage = await ReadyAsync();
        await storage.Get<ScoreRecomputer>().ApplyAsync(Message([.. Enumerable.Range(0, 900).Select(i => $"a{i}")]), default);
        storage.Next(r => r.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal), Fault.LostAnswer);
        var result = await storage.Get<ScoreRecomputer>().ApplyAsync(Message("b"), default);
        Assert.Equal((0, 1), (result.Applied, result.Known));
        Assert.Contains(storage.Sent, s => s.Fault == Fault.LostAnswer);
        Assert.Equal(901, await PeopleAsync(storage));
    }

    [Fact]
    public async Task An_edit_whose_answer_was_lost_is_decided_anew_and_finds_its_own_work_done()
    {
        await using var storage = await ReadyAsync();
        var (concurrency, table) = (storage.Get<OptimisticConcurrency>(), storage.Get<Deployment>().Journal);
        foreach (var value in new[] { "added", "replaced" })
        {
            storage.Next(r => r.Method != HttpMethod.Get, Fault.LostAnswer);
            var decisions = 0;
            var edit = await concurrency.EditAsync(table, "p", "r", row => Decide(row, value, ref decisions), default);
            Assert.Equal((2, null, value), (decisions, edit.After, edit.Now!.GetString("Value")));
        }

        static TableEntity? Decide(TableEntity? row, string value, ref int decisions)
        {
            decisions++;
            return row?.GetString("Value") == value ? null : new TableEntity("p", "r") { ["Value"] = value };
        }
    }

    [Fact]
    public async Task An_activity_is_remembered_once_though_its_answer_was_lost()
    {
        await using var storage = await ReadyAsync();
        storage.Next(r => r.Method == HttpMethod.Post, Fault.LostAnswer);
        Interaction[] interactions = [Share("a", "1")];
        var activities = storage.Get<RememberedActivities>();
        Assert.Equal(interactions, await activities.RememberAsync("k", interactions, default));
        storage.Next(r => r.Method == HttpMethod.Put, Fault.LostAnswer);
        Assert.IsType<Undo>(Assert.Single(await activities.TakeBackAsync("k", interactions[0].At, default)));
        Assert.Contains(storage.Sent, s => s.Fault == Fault.LostAnswer);
    }

    [Fact]
    public async Task A_deployment_whose_first_answers_are_lost_has_one_seed()
    {
        await using var storage = new FaultyStorage(azurite);
        storage.Next(r => r.Method == HttpMethod.Post || r.Method == HttpMethod.Put, [.. Enumerable.Repeat(Fault.LostAnswer, 20)]);
        Exception? failure = null;
        KeyHasher? keys = null;
        for (var attempt = 0; attempt < 10 && keys is null; attempt++)
            failure = await Record.ExceptionAsync(async () => keys = await storage.Get<Deployment>().KeysAsync(default));
        Assert.Null(failure);
        var row = (await storage.Get<Deployment>().Accounts.GetEntityAsync<TableEntity>("deployment", "keys")).Value;
        Assert.Equal(keys!.Seed, row.GetInt64("Seed"));
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_try_later_and_health_names_the_setting()
    {
        var identity = new Mock<TokenCredential>();
        identity
            .Setup(i => i.GetTokenAsync(It.IsAny<TokenRequestContext>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AuthenticationFailedException("the identity's own secret"));
        var (uri, options) = (new Uri("https://storage.invalid/"), new TableClientOptions { Retry = { MaxRetries = 0 } });
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsStorage", (string?)"UseDevelopmentStorage=true")])
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(
                new StorageClients(
                    name => new TableClient(uri, name, identity.Object, options),
                    name => new QueueClient(new Uri(uri, name), identity.Object, new QueueClientOptions { Retry = { MaxRetries = 0 } })
                )
            )
            .AddInfluence(configuration)
            .BuildServiceProvider();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            services.GetRequiredService<ScoreRecomputer>().ApplyAsync(Message("a"), default)
        );
        Assert.True(StorageFailure.IsTryLater(failure, default), $"{failure}");
        var health = await services.GetRequiredService<Health>().CheckAsync(default);
        Assert.False(health.IsHealthy);
        Assert.All(
            health.Dependencies,
            d =>
            {
                Assert.Contains("no token", d.Detail, StringComparison.Ordinal);
                Assert.Contains("'AzureWebJobsStorage'", d.Detail, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", d.Detail, StringComparison.Ordinal);
            }
        );
        identity.Verify(i => i.GetTokenAsync(It.IsAny<TokenRequestContext>(), It.IsAny<CancellationToken>()), Times.AtLeastOnce);
    }

    private async Task<FaultyStorage> ReadyAsync()
    {
        var storage = await FaultyStorage.ReadyAsync(azurite);
        // The pointer to the votes in force is read beforehand, so that each test meets only the requests it names.
        await storage
            .Get<ScoreRecomputer>()
            .ApplyAsync(FactsCodec.Write([Share("x", "0", "net:other")], new FactOrigin(Now)).Single(), default);
        return storage;
    }

    private static bool IsAccounts(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.Contains("Accounts", StringComparison.Ordinal);

    // A host that loses an answer takes its own write for another's, and asks for the lease next.
    private static bool IsLease(HttpRequestMessage request)
    {
        var body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
        return $"{request.RequestUri} {body}".Contains("writer", StringComparison.Ordinal);
    }

    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static string Message(params string[] actors) =>
        FactsCodec.Write([.. actors.Select(a => Share(a, a))], new FactOrigin(Now)).Single();

    private static Interaction Share(string actor, string id, string target = "net:t") =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse($"net:{actor}"),
            Target = AccountId.Parse(target),
            At = Now - 60,
            Id = id,
        };

    private static async Task<long> PeopleAsync(FaultyStorage storage) =>
        (await storage.Get<ProfileQueries>().FindAsync(Target, default))!.Coverage.People;
}
