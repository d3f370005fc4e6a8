using System.Text.Json.Serialization;

namespace Influence.Pipeline;

/// <summary>Whether the app can do its work.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when storage cannot be reached.</param>
/// <param name="Storage">Storage alone.</param>
/// <param name="Queues">What waits to be processed.</param>
/// <param name="LastBoard">The day of the latest global board; absent before the first.</param>
public sealed record HealthReport(string Status, StorageHealth Storage, IReadOnlyList<QueueHealth> Queues, DateOnly? LastBoard)
{
    internal const string Ok = "ok";
    internal const string Unavailable = "unavailable";

    /// <summary>Whether everything answered.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status == Ok;
}
