namespace Influence.Storage;

/// <summary>The tables of a deployment, and the row that says what they are.</summary>
/// <remarks>Compiled into the pipeline, which makes them, and into the backup, which copies them and shares no assembly with it.</remarks>
internal static class DeploymentTables
{
    /// <summary>The layout written and read.</summary>
    public const int Layout = 5;

    /// <summary>The layout while a backup is being restored. It is above any other, so that every app refuses the tables.</summary>
    public const int RestoringLayout = int.MaxValue;

    public const string Accounts = "Accounts";
    public const string Leaderboards = "Leaderboards";
    public const string Settlements = "Settlements";
    public const string Journal = "Journal";
    public const string Activities = "Activities";
    public const string Profiles = "Profiles";
    public const string Suppressed = "Suppressed";
    public const string Audit = "Audit";
    public const string DeadLetters = "DeadLetters";

    /// <summary>The partition of table Accounts that is about the deployment itself.</summary>
    public const string Partition = "deployment";

    /// <summary>The row of that partition with seed, layout and number of partitions.</summary>
    public const string Keys = "keys";

    /// <summary>The property of that row with the layout.</summary>
    public const string LayoutVersion = "LayoutVersion";

    /// <summary>The property of that row with the seed of all keys.</summary>
    public const string Seed = "Seed";

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Accounts, Leaderboards, Settlements, Journal, Activities, Profiles, Suppressed, Audit, DeadLetters];
}
