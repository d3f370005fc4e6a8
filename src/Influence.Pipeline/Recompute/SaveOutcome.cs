namespace Influence.Pipeline.Recompute;

/// <summary>How a conditional write ended.</summary>
internal enum SaveOutcome
{
    /// <summary>Everything was written.</summary>
    Saved,

    /// <summary>Somebody else wrote first: reload, decide again.</summary>
    Conflict,

    /// <summary>It does not fit one transaction: apply fewer facts at a time.</summary>
    TooLarge,
}
