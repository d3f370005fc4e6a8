using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Ingest;

/// <summary>Takes facts in: reads the body, refuses item by item, queues the good ones.</summary>
public sealed partial class FactIngestor
{
    private readonly Deployment deployment;
    private readonly AccountForms forms;
    private readonly Suppression suppression;
    private readonly ItemBudgets budgets;
    private readonly TimeProvider clock;
    private readonly ILogger<FactIngestor> logger;

    internal FactIngestor(
        Deployment deployment,
        AccountForms forms,
        Suppression suppression,
        ItemBudgets budgets,
        TimeProvider clock,
        ILogger<FactIngestor> logger
    )
    {
        (this.deployment, this.forms, this.suppression) = (deployment, forms, suppression);
        (this.budgets, this.clock, this.logger) = (budgets, clock, logger);
    }

    // Whoever waits gets an honest 503 in time, however long storage takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Most items of a batch.</summary>
    public const int MaxItems = 1000;

    /// <summary>Largest body, bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes a body in. Only <see cref="IngestStatus.Accepted"/> means that the queue has the facts.</summary>
    /// <param name="body">The body.</param>
    /// <param name="kind">What it must hold.</param>
    /// <param name="cancellationToken">Gives up between two messages.</param>
    /// <param name="writer">Who sends it; null for a key that no setting names.</param>
    /// <param name="isImport">Whether its interactions may be up to 400 days old (docs/scoring.md, "Import").</param>
    /// <param name="batch">How its sender names it; null for a name made here.</param>
    public Task<IngestResult> TakeAsync(
        FactBody body,
        FactKind kind,
        CancellationToken cancellationToken,
        Writer? writer = null,
        bool isImport = false,
        string? batch = null
    ) =>
        TryAsync(
            async () =>
            {
                var items = body.Items(kind);
                if (items.All.Count > MaxItems)
                    return IngestResult.Failed(
                        IngestStatus.TooManyItems,
                        $"The batch holds {items.All.Count} items; the most is {MaxItems}."
                    );
                writer ??= Writer.Unnamed;
                if (!isImport && budgets.Charge(writer, items.All.Count) is { } spent)
                    return IngestResult.Over(spent);
                IncomingFact[] facts = [.. items.All.Select((item, i) => IncomingFact.Of(i, item.Read(kind)))];
                var origin = new FactOrigin(Now, writer.SourceOf(items.Source), isImport);
                var result = await SendAsync(facts, origin, writer, batch, cancellationToken);
                PipelineMetrics.Took(isImport ? "import" : "api", result.Accepted, result.Rejected);
                return result with { Warnings = UnknownFields.Of(items.UnknownFields, facts) };
            },
            cancellationToken
        );

    /// <summary>Takes facts in that were read elsewhere.</summary>
    /// <param name="facts">The facts, and what could not be one; its own refusals come back among the answer's.</param>
    /// <param name="source">Where they were seen.</param>
    /// <param name="cancellationToken">Gives up between two messages.</param>
    /// <param name="writer">Who forwards them, within what it may; null where nobody does.</param>
    public Task<IngestResult> TakeAsync(
        IReadOnlyList<IncomingFact> facts,
        string source,
        CancellationToken cancellationToken,
        Writer? writer = null
    ) =>
        TryAsync(
            async () =>
            {
                var origin = new FactOrigin(Now, source);
                var result = await SendAsync(facts, origin, writer ?? Writer.Unnamed, null, cancellationToken);
                PipelineMetrics.Took("webhook", result.Accepted, result.Rejected);
                return result;
            },
            cancellationToken
        );

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
            return IngestResult.NotConfirmed;
        }
    }

    private async Task<IngestResult> SendAsync(
        IReadOnlyList<IncomingFact> incoming,
        FactOrigin origin,
        Writer writer,
        string? name,
        CancellationToken cancellationToken
    )
    {
        var (taken, rejected) = Check(incoming, origin, writer);
        var facts = taken.Count == 0 ? [] : await WithoutErasedAsync(taken, rejected, cancellationToken);
        var batch = name ?? Guid.CreateVersion7().ToString("n");
        if (facts.Count == 0)
            return new IngestResult(
                IngestStatus.NothingAcceptable,
                batch,
                0,
                rejected,
                incoming.Count == 0 ? "The batch is empty." : "No item could be accepted."
            );
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await deployment.KeysAsync(limit.Token);
        await SendAsync(facts, origin, limit.Token);
        Took(logger, batch, facts.Count, rejected.Count);
        return new IngestResult(IngestStatus.Accepted, batch, facts.Count, rejected)
        {
            Old = origin.IsImport ? facts.Count(f => f.At < origin.ReceivedAt - ScoringPolicy.Current.FactWindow) : null,
        };
    }

    private async Task SendAsync(List<Fact> facts, FactOrigin origin, CancellationToken cancellationToken)
    {
        using var span = PipelineTraces.Send(QueueNames.Interactions)?.SetTag("influence.facts", facts.Count);
        // One message while they fit: a queue operation costs eleven table operations.
        var messages = FactsCodec.Write(facts, origin, traceParent: PipelineTraces.CurrentParent);
        try
        {
            await Task.WhenAll(
                messages.Select(m =>
                    deployment.Interactions.SendMessageAsync(m, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken)
                )
            );
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    private async Task<List<Fact>> WithoutErasedAsync(
        List<IncomingFact> taken,
        List<Rejection> rejected,
        CancellationToken cancellationToken
    )
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        if (erased.IsEmpty)
            return [.. taken.Select(t => t.Fact!)];
        var facts = new List<Fact>(taken.Count);
        foreach (var item in taken)
        {
            if (erased.Refuse(item.Fact!) is { } refusal)
                rejected.Add(item.Reject(refusal));
            else
                facts.Add(item.Fact!);
        }

        rejected.Sort((a, b) => a.Index.CompareTo(b.Index));
        return facts;
    }

    private (List<IncomingFact> Taken, List<Rejection> Rejected) Check(
        IReadOnlyList<IncomingFact> incoming,
        FactOrigin origin,
        Writer writer
    )
    {
        var (facts, rejected) = (new List<IncomingFact>(incoming.Count), new List<Rejection>());
        foreach (var item in incoming)
        {
            var fact = item.Fact is { } read ? forms.Bring(read) : null;
            var refusal =
                item.Refusal
                ?? FactRules.Refuse(fact!, ScoringPolicy.Current, origin.ReceivedAt, origin.IsImport)
                ?? forms.Refuse(fact!)
                ?? writer.Refuse(fact!);
            if (refusal is null)
                facts.Add(item with { Fact = fact });
            else
                rejected.Add(item.Reject(refusal));
        }

        return (facts, rejected);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Batch {Batch}: {Accepted} facts queued, {Rejected} refused.")]
    private static partial void Took(ILogger logger, string batch, int accepted, int rejected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue cannot be reached (status {Status}, {Code}).")]
    private static partial void QueueUnreachable(ILogger logger, int status, string? code);
}
