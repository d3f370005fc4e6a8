namespace Influence.Replay.Client;

/// <summary>A queue's part of the health.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">Messages that wait or are worked on.</param>
/// <param name="OldestSeconds">Age of the oldest.</param>
internal sealed record QueueAnswer(string Name, int Depth, double OldestSeconds);
