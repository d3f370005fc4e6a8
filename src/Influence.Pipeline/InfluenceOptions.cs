using System.ComponentModel.DataAnnotations;

namespace Influence.Pipeline;

/// <summary>The settings of the pipeline, section <c>Influence</c> (<c>Influence__BoardSize</c> as an environment variable).</summary>
public sealed class InfluenceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Influence";

    /// <summary>
    /// Prefix of every table's name: 0–20 letters and digits, beginning with a letter. It lets several deployments share a storage account.
    /// </summary>
    [RegularExpression("^([A-Za-z][A-Za-z0-9]{0,19})?$")]
    public string TablePrefix { get; set; } = "";

    /// <summary>
    /// Prefix of every queue's name: 0–20 lower-case letters and digits. For tests that share a storage account: the triggers of the app
    /// name their queues without it.
    /// </summary>
    [RegularExpression("^[a-z0-9]{0,20}$")]
    public string QueuePrefix { get; set; } = "";

    /// <summary>How many partitions the accounts of a new deployment lie in: 1, 2, 4 … 256.</summary>
    /// <remarks>Fixed once the deployment has data. A partition takes 2,000 rows a second.</remarks>
    [AllowedValues(1, 2, 4, 8, 16, 32, 64, 128, 256)]
    public int Partitions { get; set; } = 16;

    /// <summary>Memory for the cache of accounts that this process read or wrote, MiB, 0–4,096.</summary>
    /// <remarks>It saves reading them again before the next write.</remarks>
    [Range(0, 4096)]
    public int AccountCacheMegabytes { get; set; } = 64;

    /// <summary>How many groups of accounts a settlement or a verification works on at a time, 1–64.</summary>
    [Range(1, 64)]
    public int AccountsAtATime { get; set; } = 8;

    /// <summary>How many rows a board has at most, 1–10,000.</summary>
    [Range(1, 10_000)]
    public int BoardSize { get; set; } = 1000;

    /// <summary>
    /// How many of the 256 shards one message of a publication is about: 1, 2, 4 … 256. Fewer spread it over more hosts, more keep a small
    /// deployment quick.
    /// </summary>
    [AllowedValues(1, 2, 4, 8, 16, 32, 64, 128, 256)]
    public int ShardsPerMessage { get; set; } = 64;

    /// <summary>How many passes a settlement makes at most, 0–50. With 0 a publication does not settle, and every vote stays 1.</summary>
    [Range(0, 50)]
    public int SettlePasses { get; set; } = 3;

    /// <summary>The change below which a settlement leaves a score alone, points, 1e-9 to 1.</summary>
    [Range(1e-9, 1)]
    public double SettleTolerance { get; set; } = 0.01;

    /// <summary>
    /// Memory for the votes of a settlement, MiB, 0–16,384: 17 bytes each. More votes than fit are read anew for each batch of accounts,
    /// which takes about as much.
    /// </summary>
    [Range(0, 16_384)]
    public int SettleVoteMegabytes { get; set; } = 256;

    /// <summary>
    /// How long a host may go on with the votes it knows when new ones are out, seconds, 0–60. A settlement waits that long before it
    /// writes.
    /// </summary>
    [Range(0, 60)]
    public int VoteCacheSeconds { get; set; } = 5;

    /// <summary>Memory for votes, MiB, 1–4,096: enough for those of the actors that are about.</summary>
    [Range(1, 4096)]
    public int VoteCacheMegabytes { get; set; } = 64;

    /// <summary>After how many minutes without progress a publication is asked for again, 1–1,440.</summary>
    [Range(1, 1440)]
    public int StallMinutes { get; set; } = 15;

    /// <summary>How few accounts make a board of a topic or community, 1–1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MinBoardSize { get; set; } = 10;

    /// <summary>How many boards of topics and communities there are at most, 0–10,000: the largest.</summary>
    [Range(0, 10_000)]
    public int MaxBoards { get; set; } = 1000;

    /// <summary>How many days a board is kept, 1–3,650.</summary>
    [Range(1, 3650)]
    public int BoardRetentionDays { get; set; } = 400;

    /// <summary>
    /// How many seconds a board's totals and the list of boards are cached in memory, 0–60. A score card's rank and that list may be that
    /// stale.
    /// </summary>
    [Range(0, 60)]
    public int BoardCacheSeconds { get; set; } = 30;

    /// <summary>How long a score card is kept in memory for its readers, seconds, 0–60: what its <c>max-age</c> says.</summary>
    [Range(0, 60)]
    public int CardCacheSeconds { get; set; } = 30;

    /// <summary>How long a page of a board is kept in memory for its readers, seconds, 0–60: what its <c>max-age</c> says.</summary>
    [Range(0, 60)]
    public int PageCacheSeconds { get; set; } = 60;

    /// <summary>How long a health report is kept in memory, seconds, 0–60: 0 asks storage every time.</summary>
    [Range(0, 60)]
    public int HealthCacheSeconds { get; set; } = 2;

    /// <summary>How many writes a process takes at once, 1–10,000. One more gets 429; deliveries of webhooks have as many places.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentWrites { get; set; } = 64;

    /// <summary>How long facts may wait on the queue before writers get 429, seconds, 0–86,400; 0 never.</summary>
    [Range(0, 86_400)]
    public int MaxBacklogSeconds { get; set; } = 1200;

    /// <summary>
    /// How many items a minute a key may send for which no setting says it, 0–10,000,000: 0 for any number. All keys without a name share
    /// this.
    /// </summary>
    [Range(0, 10_000_000)]
    public int ItemsPerMinute { get; set; }

    /// <summary>Whether only keys with a name may write: those of the settings <c>Writers</c>.</summary>
    public bool RequireNamedWriters { get; set; }
}
