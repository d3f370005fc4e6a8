namespace Influence.Replay.Client;

/// <summary>The answer to a batch.</summary>
/// <param name="Accepted">Items that the queue has.</param>
/// <param name="Rejected">The others.</param>
internal sealed record BatchAnswer(int Accepted, IReadOnlyList<RejectedItem>? Rejected);
