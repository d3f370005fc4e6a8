using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>Answer of <c>GET /health</c>: whether the app can do its work, and how much of it waits.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when something that the app needs cannot be reached.</param>
/// <param name="Dependencies">What the app needs: <c>tables</c> and <c>queues</c>, each by itself.</param>
/// <param name="Queues">What waits to be processed, and what failed for good; a queue that does not answer is left out.</param>
/// <param name="Listeners">The queue and timer functions, and when each ran last on the host that answers.</param>
/// <param name="LastBoard">The day of the latest global board; absent before the first, and while tables cannot be reached.</param>
/// <param name="AsOf">The moment of these figures: they are cached for a few seconds.</param>
public sealed record HealthReport(
    string Status,
    IReadOnlyList<DependencyHealth> Dependencies,
    IReadOnlyList<QueueHealth> Queues,
    IReadOnlyList<ListenerHealth> Listeners,
    DateOnly? LastBoard,
    DateTimeOffset AsOf
)
{
    /// <summary>All is well.</summary>
    public const string Ok = "ok";

    /// <summary>Something cannot be reached.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Whether everything answered.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status == Ok;
}

/// <summary>Whether a part of storage answers.</summary>
/// <param name="Name"><c>tables</c> or <c>queues</c>.</param>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Detail">A sentence that names the setting to look at; absent when all is well.</param>
public sealed record DependencyHealth(string Name, string Status, string? Detail = null);

/// <summary>When a queue or timer function ran last.</summary>
/// <param name="Function">The function.</param>
/// <param name="Trigger"><c>queue</c> or <c>timer</c>.</param>
/// <param name="LastRun">
/// The end of its last run on the host that answers, since that host started; absent for one that never ran there.
/// </param>
/// <param name="Failed">Whether that run failed; absent for one that never ran.</param>
public sealed record ListenerHealth(string Function, string Trigger, DateTimeOffset? LastRun = null, bool? Failed = null);

/// <summary>How much waits in a queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">Messages not yet processed, those being processed included (approximate, as storage counts).</param>
/// <param name="OldestSeconds">Age of the oldest message that waits, seconds; 0 for none.</param>
public sealed record QueueHealth(string Name, int Depth, double OldestSeconds);

/// <summary>Answer of <c>GET /health/ready</c>: whether readers can be served.</summary>
/// <param name="Status"><c>ready</c> or <c>unavailable</c>.</param>
/// <param name="Detail">A sentence that names the setting to look at; absent when all is well.</param>
public sealed record ReadyReport(string Status, string? Detail = null)
{
    /// <summary>The settings are right and the tables answer.</summary>
    public const string Ready = "ready";

    /// <summary>Whether it is ready.</summary>
    [JsonIgnore]
    public bool IsReady => Status == Ready;
}

/// <summary>The process answers.</summary>
/// <param name="Status"><c>live</c>.</param>
public sealed record LiveReport(string Status);
