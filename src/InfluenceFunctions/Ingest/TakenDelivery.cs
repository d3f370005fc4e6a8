using Influence.Pipeline;

namespace InfluenceFunctions;

/// <summary>The body of a 202 to a webhook.</summary>
/// <param name="Batch">Names the batch.</param>
/// <param name="Accepted">How many facts the queue has.</param>
/// <param name="Rejected">The items that were refused.</param>
/// <param name="Skipped">How many events are not scored, by type.</param>
internal sealed record TakenDelivery(string Batch, int Accepted, IReadOnlyList<Rejection> Rejected, IReadOnlyDictionary<string, int> Skipped);
