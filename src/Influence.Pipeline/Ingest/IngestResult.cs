namespace Influence.Pipeline.Ingest;

/// <summary>One item of a batch: a fact, or why it is none.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Fact">The fact; null when refused.</param>
/// <param name="Refusal">Why it is none; null for a fact, whose limits <see cref="FactIngestor"/> checks.</param>
public sealed record IncomingFact(int Index, string? Id, Fact? Fact, FactRefusal? Refusal)
{
    /// <summary>Names of its fields that nobody reads.</summary>
    public IReadOnlyList<string> UnknownFields { get; init; } = [];

    /// <summary>A fact.</summary>
    public static IncomingFact Of(int index, Fact fact) => new(index, IdOf(fact), fact, null);

    internal static IncomingFact Of(int index, ReadFact read) =>
        new(index, read.Id, read.Fact, read.Refusal) { UnknownFields = read.UnknownFields ?? [] };

    internal Rejection Reject(FactRefusal refusal) => new(Index, Id, refusal.CodeName, refusal.Message);

    private static string? IdOf(Fact fact) =>
        fact switch
        {
            Undo undo => undo.Original.Id,
            MetricReport metric => metric.Id,
            _ => (fact as Interaction)?.Id,
        };
}

/// <summary>How a batch fared as a whole.</summary>
public enum IngestStatus
{
    /// <summary>The queue has every accepted fact.</summary>
    Accepted,

    /// <summary>It was read, but no item of it could be accepted.</summary>
    NothingAcceptable,

    /// <summary>It is not in the format it claims.</summary>
    Unparseable,

    /// <summary>It holds more than <see cref="FactIngestor.MaxItems"/> items.</summary>
    TooManyItems,

    /// <summary>The queue did not confirm all of it: sent again, it counts once.</summary>
    QueueUnreachable,

    /// <summary>Its sender's budget is spent for now: nothing is queued.</summary>
    OverBudget,
}

/// <summary>The answer to a batch.</summary>
/// <param name="Status">How it fared.</param>
/// <param name="Batch">Names the batch, for logs and support; empty when it was not read.</param>
/// <param name="Accepted">How many items the queue has.</param>
/// <param name="Rejected">The items that were refused, by index.</param>
/// <param name="Detail">A sentence for the caller when the batch failed as a whole.</param>
public sealed record IngestResult(IngestStatus Status, string Batch, int Accepted, IReadOnlyList<Rejection> Rejected, string? Detail = null)
{
    /// <summary>What was taken, but perhaps not as it was meant.</summary>
    public IReadOnlyList<IngestWarning> Warnings { get; init; } = [];

    /// <summary>Of an import, how many of the accepted lines are older than 90 days; null otherwise.</summary>
    public int? Old { get; init; }

    /// <summary>When to send it again, of <see cref="IngestStatus.OverBudget"/>; null otherwise.</summary>
    public Throttle? Throttle { get; init; }

    /// <summary>The queue did not confirm it.</summary>
    public static IngestResult NotConfirmed { get; } =
        Failed(
            IngestStatus.QueueUnreachable,
            "Not confirmed, since the queue cannot be reached. Send the same batch again: it counts once."
        );

    internal static IngestResult Failed(IngestStatus status, string detail) => new(status, "", 0, [], detail);

    internal static IngestResult Over(Throttle throttle)
    {
        PipelineMetrics.Throttled(throttle.Reason);
        return new(IngestStatus.OverBudget, "", 0, []) { Throttle = throttle };
    }
}
