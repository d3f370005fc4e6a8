using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>Answer of <c>GET /health</c>: whether the app can do its work, and how much of it waits.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when storage cannot be reached.</param>
/// <param name="Storage">Storage alone.</param>
/// <param name="Queues">What waits to be processed.</param>
/// <param name="LastBoard">The day of the latest global board; absent before the first.</param>
/// <param name="AsOf">The moment of these figures: they are cached for a few seconds.</param>
public sealed record HealthReport(
    string Status,
    StorageHealth Storage,
    IReadOnlyList<QueueHealth> Queues,
    DateOnly? LastBoard,
    DateTimeOffset AsOf
)
{
    /// <summary>All is well.</summary>
    public const string Ok = "ok";

    /// <summary>Storage cannot be reached.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Whether everything answered.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status == Ok;
}

/// <summary>Whether storage answers.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Detail">A sentence that names the setting to look at; absent when all is well.</param>
public sealed record StorageHealth(string Status, string? Detail = null);

/// <summary>How much waits in a queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">Messages not yet processed, those being processed included (approximate, as storage counts).</param>
/// <param name="OldestSeconds">Age of the oldest message that waits, seconds; 0 for none.</param>
public sealed record QueueHealth(string Name, int Depth, double OldestSeconds);

/// <summary>The process answers.</summary>
/// <param name="Status"><c>live</c>.</param>
public sealed record LiveReport(string Status);
