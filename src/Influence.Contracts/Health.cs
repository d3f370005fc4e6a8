using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>Whether the app can do its work.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when storage cannot be reached.</param>
/// <param name="Storage">Storage alone.</param>
/// <param name="Queues">What waits to be processed.</param>
/// <param name="LastBoard">The day of the latest global board; absent before the first.</param>
public sealed record HealthReport(string Status, StorageHealth Storage, IReadOnlyList<QueueHealth> Queues, DateOnly? LastBoard)
{
    /// <summary>All is well.</summary>
    public const string Ok = "ok";

    /// <summary>Storage cannot be reached.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Whether everything answered.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status == Ok;
}

/// <summary>Storage's part of the health.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Detail">A sentence that names the setting to look at; absent when all is well.</param>
public sealed record StorageHealth(string Status, string? Detail = null);

/// <summary>A queue's part of the health.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">Messages not yet processed, those in work included (approximate, as storage counts).</param>
/// <param name="OldestSeconds">Age of the oldest message that waits, seconds; 0 for none.</param>
public sealed record QueueHealth(string Name, int Depth, double OldestSeconds);
