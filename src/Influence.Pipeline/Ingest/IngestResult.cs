namespace Influence.Pipeline.Ingest;

/// <summary>The answer to a batch.</summary>
/// <param name="Status">How it fared.</param>
/// <param name="Batch">Names the batch, for logs and support; empty when it was not read.</param>
/// <param name="Accepted">How many items the queue has.</param>
/// <param name="Rejected">The items that were refused, by index.</param>
/// <param name="Detail">A sentence for the caller when the batch failed as a whole.</param>
public sealed record IngestResult(IngestStatus Status, string Batch, int Accepted, IReadOnlyList<Rejection> Rejected, string? Detail = null)
{
    internal static IngestResult Failed(IngestStatus status, string detail) => new(status, "", 0, [], detail);
}
