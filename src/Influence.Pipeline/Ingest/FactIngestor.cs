using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Ingest;

/// <summary>Takes facts in: reads the body, refuses item by item, sends the good ones to the queue by shard group.</summary>
public sealed partial class FactIngestor(
    Deployment deployment,
    TimeProvider clock,
    IOptions<InfluenceOptions> options,
    ILogger<FactIngestor> logger
)
{
    /// <summary>Most items of a batch.</summary>
    public const int MaxItems = 1000;

    /// <summary>Largest body, bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Takes a body in. Only <see cref="IngestStatus.Accepted"/> means that the queue has the facts.</summary>
    /// <param name="contentType">The body's content type as sent.</param>
    /// <param name="body">The whole body, at most <see cref="MaxBytes"/>.</param>
    /// <param name="kind">What the route takes.</param>
    /// <param name="cancellationToken">Gives up between two messages.</param>
    /// <param name="binary">The attributes of a CloudEvent in binary mode, of which the body is the data; null for any other body.</param>
    public Task<IngestResult> TakeAsync(
        string? contentType,
        ReadOnlyMemory<byte> body,
        FactKind kind,
        CancellationToken cancellationToken,
        CloudEventHeaders? binary = null
    ) =>
        TryAsync(
            async () =>
            {
                if (FactBody.Items(contentType, body, kind, binary) is not { } items)
                    return IngestResult.Failed(
                        IngestStatus.UnsupportedMediaType,
                        $"The content type is none of {FactBody.Accepted}, in UTF-8."
                    );
                return items.Count <= MaxItems
                    ? await SendAsync([.. items.Select((item, i) => Read(item, i, kind))], cancellationToken)
                    : IngestResult.Failed(IngestStatus.TooManyItems, $"The batch holds {items.Count} items; the most is {MaxItems}.");
            },
            cancellationToken
        );

    /// <summary>
    /// Takes facts in that were read elsewhere. Only <see cref="IngestStatus.Accepted"/> means that the queue has those that are not
    /// refused.
    /// </summary>
    /// <param name="facts">The facts, and what could not be one.</param>
    /// <param name="cancellationToken">Gives up between two messages.</param>
    public Task<IngestResult> TakeAsync(IReadOnlyList<IncomingFact> facts, CancellationToken cancellationToken) =>
        TryAsync(() => SendAsync(facts, cancellationToken), cancellationToken);

    private async Task<IngestResult> TryAsync(Func<Task<IngestResult>> take, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("ingest");
        try
        {
            return await take();
        }
        catch (BodyFormatException e)
        {
            return IngestResult.Failed(IngestStatus.Unparseable, e.Message);
        }
        catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken))
        {
            var (status, code) = StorageFailure.CodeOf(e);
            QueueUnreachable(logger, status, code);
            return IngestResult.Failed(
                IngestStatus.QueueUnreachable,
                "The queue cannot be reached; nothing was taken. Send the same batch again later."
            );
        }
    }

    private async Task<IngestResult> SendAsync(IReadOnlyList<IncomingFact> incoming, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var (facts, rejected) = Check(incoming, now);
        var batch = Guid.CreateVersion7().ToString("n");
        if (facts.Count == 0)
            return new IngestResult(
                IngestStatus.NothingAcceptable,
                batch,
                0,
                rejected,
                incoming.Count == 0 ? "The batch is empty." : "No item could be accepted."
            );
        var keys = await deployment.KeysAsync(cancellationToken);
        var groups = facts.GroupBy(f => GroupOf(keys.ShardOf(f.About ?? ActorOf(f))));
        var messages = groups.SelectMany(g => FactsCodec.Write([.. g], now));
        await Task.WhenAll(
            messages.Select(m =>
                deployment.Interactions.SendMessageAsync(m, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken)
            )
        );
        Took(logger, batch, facts.Count, rejected.Count);
        return new IngestResult(IngestStatus.Accepted, batch, facts.Count, rejected);
    }

    private static IncomingFact Read(JsonElement element, int index, FactKind kind)
    {
        var (item, id, refusal) = FactItemReader.Read(element, kind);
        Fact? fact = null;
        if (item is not null)
            (fact, refusal) = item.ToFact();
        return new IncomingFact(index, id, fact, refusal);
    }

    private static (List<Fact> Facts, List<Rejection> Rejected) Check(IReadOnlyList<IncomingFact> incoming, long now)
    {
        var (facts, rejected) = (new List<Fact>(incoming.Count), new List<Rejection>());
        foreach (var item in incoming)
        {
            var refusal = item.Refusal ?? FactRules.Refuse(item.Fact!, ScoringPolicy.Current, now);
            if (refusal is null)
                facts.Add(item.Fact!);
            else
                rejected.Add(item.Reject(refusal));
        }

        return (facts, rejected);
    }

    // Of a post or its undo, which are about nobody.
    private static AccountId ActorOf(Fact fact) => fact is Undo undo ? undo.Original.Actor : ((Interaction)fact).Actor;

    private int GroupOf(byte shard) => shard * options.Value.ShardGroups / 256;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Batch {Batch}: {Accepted} facts queued, {Rejected} refused.")]
    private static partial void Took(ILogger logger, string batch, int accepted, int rejected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue cannot be reached (status {Status}, {Code}).")]
    private static partial void QueueUnreachable(ILogger logger, int status, string? code);
}
