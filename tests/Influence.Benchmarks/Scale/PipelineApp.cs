using System.Buffers;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.Benchmarks.Scale;

/// <summary>One host: production's composition over Azurite or storage in memory, its queues pumped here.</summary>
internal sealed class PipelineApp : IAsyncDisposable
{
    // As many messages at once as the Functions host's defaults allow a queue function: a batch, and half of the next.
    private const int MessagesAtOnce = 16;
    private readonly ServiceProvider services;

    /// <param name="azurite">Where its tables and queues are, unless they are in memory.</param>
    /// <param name="memory">Clients of storage in memory; null for Azurite.</param>
    /// <param name="prefix">Another host's prefix, to share its tables and queues.</param>
    /// <param name="settings">Settings beside the defaults.</param>
    public PipelineApp(
        TestAzurite? azurite,
        StorageClients? memory = null,
        string? prefix = null,
        params (string Key, string Value)[] settings
    )
    {
        Prefix = prefix ?? "s" + Guid.NewGuid().ToString("n")[..12];
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = azurite?.ConnectionString ?? "UseDevelopmentStorage=true",
                    ["Influence:TablePrefix"] = Prefix,
                    ["Influence:QueuePrefix"] = Prefix,
                    ["Influence:VoteCacheSeconds"] = "0",
                }
            )
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(new AtPopulationsMoment());
        if (memory is not null)
            collection.AddSingleton(memory);
        services = collection.AddInfluence(configuration).BuildServiceProvider();
    }

    public string Prefix { get; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Posts facts in batches, and applies all that waits.</summary>
    public async Task TakeAsync(IEnumerable<Interaction> facts, int batch = 1000)
    {
        await SendAsync(facts, batch);
        await ApplyAllAsync();
    }

    /// <summary>Posts facts in batches.</summary>
    public Task SendAsync(IEnumerable<Interaction> facts, int batch = 1000) =>
        Parallel.ForEachAsync(
            facts.Chunk(batch),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (part, cancellationToken) =>
            {
                var body = new ArrayBufferWriter<byte>();
                FactWriter.WriteArray(body, part);
                var result = await Get<FactIngestor>()
                    .TakeAsync(new FactBody(FactBodyFormat.Json, body.WrittenMemory), FactKind.Interactions, cancellationToken);
                if (result.Accepted != part.Length)
                    throw new InvalidOperationException($"{result.Status}: {result.Accepted} of {part.Length} were accepted.");
            }
        );

    /// <summary>Applies the facts that wait, until none does.</summary>
    /// <returns>How many messages failed and came again.</returns>
    public Task<int> ApplyAllAsync() => PumpAsync(Get<Deployment>().Interactions, text => Get<ScoreRecomputer>().ApplyAsync(text, default));

    /// <summary>Settles and publishes today.</summary>
    public async Task<Publication> PublishAsync()
    {
        var asked =
            await Get<Publisher>().RequestAsync(null, default) ?? throw new InvalidOperationException("The day cannot be published.");
        await PumpAsync(Get<Deployment>().Shards, text => Get<Publisher>().RunAsync(text, default));
        return (await Get<Publisher>().FindAsync(asked.Id, default))!;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static async Task<int> PumpAsync(QueueClient queue, Func<string, Task> work)
    {
        var (running, failures) = (new List<Task>(), 0);
        while (true)
        {
            if (running.Count <= MessagesAtOnce / 2)
                running.AddRange((await ReceiveAsync(queue)).Select(message => Task.Run(() => RunAsync(message))));
            if (running.Count == 0)
                return failures;
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            await ended;
        }

        async Task RunAsync(QueueMessage message)
        {
            try
            {
                await work(message.MessageText);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
            catch (Exception e) when (e is AccountsFailedException or ContentionException && message.DequeueCount < 5)
            {
                Interlocked.Increment(ref failures);
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
            }
        }
    }

    private static async Task<QueueMessage[]> ReceiveAsync(QueueClient queue) =>
        (await queue.ReceiveMessagesAsync(MessagesAtOnce, TimeSpan.FromMinutes(30))).Value;

    // The moment of the synthetic facts, at which time does not pass; waits take their real time.
    private sealed class AtPopulationsMoment : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Population.Now);
    }
}
