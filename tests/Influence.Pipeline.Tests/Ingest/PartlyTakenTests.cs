using System.Text;
using Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Ingest;

/// <summary>A batch of which the queue took a part before it failed.</summary>
public sealed class PartlyTakenTests
{
    private const int People = 1000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_not_confirmed_and_sent_again_counts_once(bool isAnswerLost)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        var (storage, faults) = (new InMemoryStorage(clock), new SecondMessageFails(isAnswerLost));
        var configuration = new ConfigurationBuilder().Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(storage.Clients(faults))
            .AddInfluence(configuration)
            .BuildServiceProvider();
        var (ingest, deployment) = (services.GetRequiredService<FactIngestor>(), services.GetRequiredService<Deployment>());
        var body = new FactBody(FactBodyFormat.Ndjson, Batch(clock.GetUtcNow().ToUnixTimeSeconds()));

        var first = await ingest.TakeAsync(body, FactKind.Interactions, default);
        Assert.Equal(
            (
                IngestStatus.QueueUnreachable,
                0,
                "Not confirmed, since the queue cannot be reached. Send the same batch again: it counts once."
            ),
            (first.Status, first.Accepted, first.Detail)
        );
        var taken = (await deployment.Interactions.PeekMessagesAsync(32)).Value.Length;
        Assert.InRange(taken, 1, 4);

        faults.AreOver = true;
        Assert.Equal(People, (await ingest.TakeAsync(body, FactKind.Interactions, default)).Accepted);
        var results = new List<RecomputeResult>();
        for (
            var round = 0;
            (await deployment.Interactions.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the queue of facts is empty")
        )
        {
            foreach (var message in messages)
            {
                results.Add(await services.GetRequiredService<ScoreRecomputer>().ApplyAsync(message.MessageText, default));
                await deployment.Interactions.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        Assert.Equal(People, results.Sum(r => r.Applied));
        Assert.InRange(results.Sum(r => r.Known), 1, People);
    }

    // Names that cannot be packed, so that they take several messages.
    private static byte[] Batch(long at)
    {
        var random = new Random(1);
        return Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable
                    .Range(0, People)
                    .Select(i =>
                        $$"""{"type":"like","actor":"net:{{random.GetHexString(200)}}","target":"net:t{{i}}","at":{{at}}}""" + "\n"
                    )
            )
        );
    }

    private sealed class SecondMessageFails(bool isAnswerLost) : StorageFaults
    {
        private int messages;

        public bool AreOver { get; set; }

        public override ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
        {
            if (AreOver || call.Operation != "SendMessage" || Interlocked.Increment(ref messages) != 2)
                return new(StorageFault.None);
            var busy = new RequestFailedException(503, "The server is busy.", "ServerBusy", null);
            return new(isAnswerLost ? new StorageFault(After: busy) : new StorageFault(Before: busy));
        }
    }
}
