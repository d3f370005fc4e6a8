using Influence.Pipeline;

namespace InfluenceFunctions;

/// <summary>The body of a 202.</summary>
/// <param name="Batch">Names the batch.</param>
/// <param name="Accepted">How many items the queue has.</param>
/// <param name="Rejected">The items that were refused.</param>
internal sealed record TakenBatch(string Batch, int Accepted, IReadOnlyList<Rejection> Rejected);
