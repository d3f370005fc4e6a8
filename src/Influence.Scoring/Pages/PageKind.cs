namespace Influence.Scoring.Pages;

/// <summary>What a packed page holds. The numbers are stored and never change.</summary>
public enum PageKind : byte
{
    /// <summary>Ties received, one record per actor.</summary>
    Ties = 1,

    /// <summary>The facts of one event day, one record each.</summary>
    Ledger = 2,

    /// <summary>What was taken back, one record per undone interaction.</summary>
    Undone = 3,
}
