using System.Buffers;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.Benchmarks.Scale;

/// <summary>Production's composition over Azurite, its queues pumped here, its clock at the population's moment.</summary>
internal sealed class AzuriteApp : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public AzuriteApp(TestAzurite azurite)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = azurite.ConnectionString,
                    ["Influence:TablePrefix"] = Prefix,
                    ["Influence:QueuePrefix"] = Prefix,
                    ["Influence:VoteCacheSeconds"] = "0",
                }
            )
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(new Standing())
            .AddInfluence(configuration)
            .BuildServiceProvider();
    }

    public string Prefix { get; } = "s" + Guid.NewGuid().ToString("n")[..12];

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Posts facts in batches of 1,000, and applies all that waits.</summary>
    public async Task TakeAsync(IEnumerable<Interaction> facts)
    {
        await SendAsync(facts);
        await PumpAsync(Get<Deployment>().Interactions, text => Get<ScoreRecomputer>().ApplyAsync(text, default));
    }

    /// <summary>Settles and publishes today.</summary>
    public async Task<Publication> PublishAsync()
    {
        var asked =
            await Get<Publisher>().RequestAsync(null, default) ?? throw new InvalidOperationException("The day cannot be published.");
        await PumpAsync(Get<Deployment>().Shards, text => Get<Publisher>().RunAsync(text, default));
        return (await Get<Publisher>().FindAsync(asked.Id, default))!;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private Task SendAsync(IEnumerable<Interaction> facts) =>
        Parallel.ForEachAsync(
            facts.Chunk(1000),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (batch, cancellationToken) =>
            {
                var body = new ArrayBufferWriter<byte>();
                FactWriter.WriteArray(body, batch);
                var result = await Get<FactIngestor>()
                    .TakeAsync(new FactBody(FactBodyFormat.Json, body.WrittenMemory), FactKind.Interactions, cancellationToken);
                if (result.Accepted != batch.Length)
                    throw new InvalidOperationException($"{result.Status}: {result.Accepted} of {batch.Length} were accepted.");
            }
        );

    private static async Task PumpAsync(QueueClient queue, Func<string, Task> work)
    {
        while ((await queue.ReceiveMessagesAsync(4, TimeSpan.FromMinutes(30))).Value is { Length: > 0 } messages)
        {
            await Task.WhenAll(
                messages.Select(async message =>
                {
                    await Task.Run(() => work(message.MessageText));
                    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                })
            );
        }
    }

    private sealed class Standing : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Population.Now);
    }
}
