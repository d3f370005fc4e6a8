namespace Influence.Contracts;

/// <summary>Answer of <c>POST /interactions</c> and <c>POST /metrics</c>: 202.</summary>
/// <param name="Batch">Names the batch.</param>
/// <param name="Accepted">How many items are on the queue.</param>
/// <param name="Rejected">The items that were refused.</param>
public sealed record TakenBatch(string Batch, int Accepted, IReadOnlyList<Rejection> Rejected);

/// <summary>Answer to a webhook delivery: 202.</summary>
/// <param name="Batch">Names the batch.</param>
/// <param name="Accepted">How many facts are on the queue.</param>
/// <param name="Rejected">The items that were refused.</param>
/// <param name="Skipped">How many events are not scored, by type.</param>
public sealed record TakenDelivery(string Batch, int Accepted, IReadOnlyList<Rejection> Rejected, IReadOnlyDictionary<string, int> Skipped);

/// <summary>An item that was refused, and why.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Id">Its id, where it had one.</param>
/// <param name="Code">The stable reason in snake case, such as <c>too_old</c>.</param>
/// <param name="Message">A sentence that names the field, the rule and what to send instead.</param>
public sealed record Rejection(int Index, string? Id, string Code, string Message);
