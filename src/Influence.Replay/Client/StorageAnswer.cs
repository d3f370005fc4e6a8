namespace Influence.Replay.Client;

/// <summary>Storage's part of the health.</summary>
/// <param name="Status"><c>ok</c> or not.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record StorageAnswer(string? Status, string? Detail);
