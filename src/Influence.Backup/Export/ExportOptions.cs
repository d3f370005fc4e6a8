namespace Influence.Backup.Export;

/// <summary>What the command line asks of an export.</summary>
internal sealed record ExportOptions
{
    /// <summary>Whether it is made although work is waiting in the queues.</summary>
    public bool IsLive { get; init; }

    /// <summary>How many ranges are read side by side.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>How large a file becomes, before it is compressed.</summary>
    public long FileBytes { get; init; } = 32L << 20;
}
