namespace Influence.Contracts;

/// <summary>Answer of <c>POST /interactions</c> and <c>POST /metrics</c>: 202.</summary>
/// <param name="Batch">Names the batch.</param>
/// <param name="Accepted">How many items are on the queue.</param>
/// <param name="Rejected">The items that were refused.</param>
/// <param name="Warnings">What was taken, but perhaps not as it was meant.</param>
/// <param name="Old">
/// Of an import, how many of the accepted items are older than 90 days: they enter ties alone, without topics or undo.
/// </param>
public sealed record TakenBatch(
    string Batch,
    int Accepted,
    IReadOnlyList<Rejection> Rejected,
    IReadOnlyList<IngestWarning>? Warnings = null,
    int? Old = null
);

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

/// <summary>Something of a batch that was taken, but perhaps not as it was meant.</summary>
/// <param name="Index">The first item that has it, from 0; absent for the batch itself.</param>
/// <param name="Code">The stable reason in snake case: <c>unknown_field</c>.</param>
/// <param name="Field">The field.</param>
/// <param name="Message">A sentence that names the field, and the one that was meant where that can be told.</param>
public sealed record IngestWarning(int? Index, string Code, string Field, string Message);
