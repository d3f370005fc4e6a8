namespace Influence.Backup.Import;

/// <summary>What the command line asks of an import.</summary>
internal sealed record ImportOptions
{
    /// <summary>Whether the tables of the same deployment are deleted first, but for those whose rows are kept.</summary>
    public bool Replaces { get; init; }

    /// <summary>How many files are written side by side.</summary>
    public int Parallel { get; init; } = 8;
}
