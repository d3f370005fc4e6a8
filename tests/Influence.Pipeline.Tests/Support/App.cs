using System.Buffers;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Support;

/// <summary>Production's composition with a clock that stands still, over storage in memory or real Azurite.</summary>
/// <remarks>It has tables and queues of its own.</remarks>
internal sealed class App : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly TestAzurite? azurite;
    private readonly InMemoryStorage memory;

    /// <param name="azurite">Where its tables and queues are; null for in memory.</param>
    /// <param name="now">What its clock says.</param>
    /// <param name="beside">Another host, whose tables and queues it shares.</param>
    /// <param name="settings">Settings that a test is about.</param>
    public App(TestAzurite? azurite = null, DateTimeOffset? now = null, App? beside = null, params (string Key, string Value)[] settings)
    {
        this.azurite = beside?.azurite ?? azurite;
        // Like a real service's, its clock is not the host's.
        memory = beside?.memory ?? new InMemoryStorage(TimeProvider.System);
        Prefix = beside?.Prefix ?? "t" + Guid.NewGuid().ToString("n")[..12];
        Clock = new StandingClock(now ?? new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = this.azurite?.ConnectionString ?? "UseDevelopmentStorage=true",
                    ["Influence:TablePrefix"] = Prefix,
                    ["Influence:QueuePrefix"] = Prefix,
                    // Votes of 1, one range, little waiting; the tests of settlement set them otherwise.
                    ["Influence:SettlePasses"] = "0",
                    ["Influence:ShardsPerMessage"] = "256",
                    ["Influence:VoteCacheSeconds"] = "1",
                    // The clock stands still, so that nothing cached would ever be stale.
                    ["Influence:HealthCacheSeconds"] = "0",
                    ["Influence:CardCacheSeconds"] = "0",
                    ["Influence:PageCacheSeconds"] = "0",
                }
            )
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        var collection = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock);
        if (this.azurite is null)
            collection.AddSingleton(memory.Clients());
        services = collection.AddInfluence(configuration).BuildServiceProvider();
    }

    public string Prefix { get; }

    public FakeTimeProvider Clock { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Counts the calls to storage in memory from now on.</summary>
    public CallCount CountCalls() => new(memory);

    public Deployment Deployment => Get<Deployment>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<IngestResult> TakeAsync(
        string body,
        FactBodyFormat format = FactBodyFormat.Json,
        FactKind kind = FactKind.Interactions,
        CloudEventAttributes? attributes = null,
        string? key = null,
        bool isImport = false
    ) =>
        Get<FactIngestor>()
            .TakeAsync(new FactBody(format, Encoding.UTF8.GetBytes(body), attributes), kind, default, Get<Writers>().Of(key), isImport);

    public Task<IngestResult> TakeItemsAsync(params string[] items) => TakeAsync($"[{string.Join(',', items)}]");

    public string Item(string actor, string target, string type = "share", long age = 0, string? extra = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"{{type}}","actor":"net:{{actor}}","target":"net:{{target}}","at":{{Now - age}}{{extra}}}"""
        );

    /// <summary>Sends facts as the API's JSON, in batches; all of them must be accepted.</summary>
    public async Task SendAsync(IEnumerable<Fact> facts, int batch = FactIngestor.MaxItems)
    {
        foreach (var part in facts.Chunk(batch))
        {
            var body = new ArrayBufferWriter<byte>();
            FactWriter.WriteArray(body, part);
            var kind = part[0] is MetricReport ? FactKind.Metrics : FactKind.Interactions;
            var result = await Get<FactIngestor>().TakeAsync(new FactBody(FactBodyFormat.Json, body.WrittenMemory), kind, default);
            Assert.Equal((IngestStatus.Accepted, part.Length), (result.Status, result.Accepted));
        }
    }

    public Interaction Share(string actor, string target, string? id = null, long age = 0) =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse(actor),
            Target = AccountId.Parse(target),
            At = Now - age,
            Id = id,
        };

    /// <summary>The state row of an account.</summary>
    public async Task<TableEntity> StateRowAsync(string account)
    {
        var (keys, id) = (await Deployment.AccountKeysAsync(default), AccountId.Parse(account));
        return (await Deployment.Accounts.GetEntityAsync<TableEntity>(keys.PartitionOf(id), keys.StateOf(id))).Value;
    }

    /// <summary>The row key of the first page of an account's ties.</summary>
    public async Task<string> TiesRowAsync(string account) =>
        (await Deployment.AccountKeysAsync(default)).RowOf(AccountId.Parse(account), new PageName(PageKind.Ties, 0, 0));

    /// <summary>The texts of the waiting messages, which are taken off the queue.</summary>
    public async Task<List<string>> ReceiveAsync()
    {
        var texts = new List<string>();
        for (
            var round = 0;
            (await Deployment.Interactions.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the queue of facts is empty")
        )
        {
            foreach (var message in messages)
            {
                texts.Add(message.MessageText);
                await Deployment.Interactions.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return texts;
    }

    public Task<RecomputeResult> ApplyAsync(string message) => Get<ScoreRecomputer>().ApplyAsync(message, default);

    /// <summary>Processes everything on the queue, as the host would; returns what each message came to.</summary>
    public async Task<List<RecomputeResult>> DrainAsync()
    {
        var results = new List<RecomputeResult>();
        for (
            var round = 0;
            (await Deployment.Interactions.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the queue of facts is empty")
        )
        {
            foreach (var message in messages)
                results.Add(await ApplyAsync(message));
        }

        return results;
    }

    public async Task PublishAsync(DateOnly? date = null)
    {
        Assert.NotNull(await Get<Publisher>().RequestAsync(date, default));
        await DrainPublicationsAsync();
    }

    public async Task DrainPublicationsAsync()
    {
        for (
            var round = 0;
            (await Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the publication is over")
        )
        {
            foreach (var message in messages)
            {
                await Get<Publisher>().RunAsync(message.MessageText, default);
                await Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }
    }

    public Task<ScoreCard?> CardAsync(string account) => Get<ProfileQueries>().FindAsync(AccountId.Parse(account), default);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<RecomputeResult> ApplyAsync(QueueMessage message)
    {
        var result = await Get<ScoreRecomputer>().ApplyAsync(message.MessageText, default);
        await Deployment.Interactions.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        return result;
    }
}
