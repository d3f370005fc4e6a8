namespace Influence.Replay.Client;

/// <summary>An error as the API words it (RFC 9457).</summary>
/// <param name="Title">In short.</param>
/// <param name="Detail">In a sentence.</param>
/// <param name="Code">For machines.</param>
/// <param name="Rejected">The items, when none of a batch could be accepted.</param>
internal sealed record ProblemAnswer(string? Title, string? Detail, string? Code, IReadOnlyList<RejectedItem>? Rejected);
