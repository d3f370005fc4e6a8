using System.ComponentModel.DataAnnotations;

namespace Influence.Pipeline;

/// <summary>The settings of the pipeline, section <c>Influence</c> (<c>Influence__ShardGroups</c> as an environment variable).</summary>
public sealed class InfluenceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Influence";

    /// <summary>Put before every table's name, 0–20 letters and digits beginning with a letter: several deployments in one storage account.</summary>
    [RegularExpression("^([A-Za-z][A-Za-z0-9]{0,19})?$")]
    public string TablePrefix { get; set; } = "";

    /// <summary>
    /// Put before every queue's name by tests that share a storage account, 0–20 lower-case letters and digits. The triggers of the app name their
    /// queues without it.
    /// </summary>
    [RegularExpression("^[a-z0-9]{0,20}$")]
    public string QueuePrefix { get; set; } = "";

    /// <summary>
    /// How many groups the 256 shards form on the queue, 1–256. A batch becomes at least a message for each group it touches: more groups spread
    /// the work over more hosts, fewer keep the queue cheap.
    /// </summary>
    [Range(1, 256)]
    public int ShardGroups { get; set; } = 4;

    /// <summary>How many accounts of one message are written at a time, 1–64.</summary>
    [Range(1, 64)]
    public int AccountsAtATime { get; set; } = 8;

    /// <summary>How many rows a board has at most, 1–10,000.</summary>
    [Range(1, 10_000)]
    public int BoardSize { get; set; } = 1000;

    /// <summary>How many ranges of shards a publication scans at a time, 1–64.</summary>
    [Range(1, 64)]
    public int ScansAtATime { get; set; } = 4;

    /// <summary>How long a board's totals are kept in memory, seconds, 0–60: the staleness of a score card's rank.</summary>
    [Range(0, 60)]
    public int BoardCacheSeconds { get; set; } = 30;
}
