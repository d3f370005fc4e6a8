namespace Influence.Replay.Client;

/// <summary>The app's health, as far as a replay needs it.</summary>
/// <param name="Status"><c>ok</c> or not.</param>
/// <param name="Storage">Storage alone.</param>
/// <param name="Queues">What waits.</param>
internal sealed record HealthAnswer(string? Status, StorageAnswer? Storage, IReadOnlyList<QueueAnswer>? Queues);
