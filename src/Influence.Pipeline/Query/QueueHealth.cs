namespace Influence.Pipeline;

/// <summary>A queue's part of the health.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">Messages not yet processed, those in work included (approximate, as storage counts).</param>
/// <param name="OldestSeconds">Age of the oldest message that waits, seconds; 0 for none.</param>
public sealed record QueueHealth(string Name, int Depth, double OldestSeconds);
