namespace Influence.Replay;

/// <summary>What the command line asked for.</summary>
internal sealed record ReplayOptions
{
    /// <summary>The log; null for the made-up community.</summary>
    public string? File { get; init; }

    /// <summary>The log's format.</summary>
    public FileFormat Format { get; init; }

    /// <summary>The network of SNAP's numbers.</summary>
    public string Network { get; init; } = "twitter";

    /// <summary>What columns are called, <c>type=kind,actor=who</c>; null for the usual names.</summary>
    public string? Map { get; init; }

    /// <summary>Whether whole numbers are milliseconds, not seconds.</summary>
    public bool Milliseconds { get; init; }

    /// <summary>Whether lines that cannot be read are left out.</summary>
    public bool SkipBad { get; init; }

    /// <summary>Whether nothing is posted.</summary>
    public bool DryRun { get; init; }

    /// <summary>Which community is made up.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many interactions are made up.</summary>
    public int Interactions { get; init; } = 40_000;

    /// <summary>Facts from the beginning of the log; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether every fact is sent twice.</summary>
    public bool Twice { get; init; }

    /// <summary>Seed of a random order; null for the log's.</summary>
    public int? Shuffle { get; init; }

    /// <summary>Items of a request, 1–1000.</summary>
    public int Batch { get; init; } = 1000;

    /// <summary>Seed of random batch sizes; null for <see cref="Batch"/>.</summary>
    public int? RandomBatches { get; init; }

    /// <summary>How moments are moved.</summary>
    public ShiftMode Shift { get; init; }

    /// <summary>Whether it is an import: facts up to 400 days old, by the operators' key.</summary>
    public bool Import { get; init; }

    /// <summary>Requests in flight.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How long a request is tried while the app is away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The app.</summary>
    public Uri Url { get; init; } = new("http://localhost:7071");

    /// <summary>The writers' key.</summary>
    public string? Key { get; init; }

    /// <summary>The operators' key.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Whether the boards are published.</summary>
    public bool Publish { get; init; } = true;

    /// <summary>The board shown.</summary>
    public string Board { get; init; } = "global";

    /// <summary>Rows shown.</summary>
    public int Top { get; init; } = 20;

    /// <summary>Whether an earlier, unfinished run is forgotten.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether an app started by the run goes on after it, without the run.</summary>
    public bool LeaveRunning { get; init; }

    /// <summary>Whether an app started by the run is stopped when the boards are shown, rather than by Ctrl+C.</summary>
    public bool Stop { get; init; }
}
