namespace Influence.Scoring.Update;

/// <summary>What became of a fact.</summary>
public enum FactEffect
{
    /// <summary>It was new and is now part of the state.</summary>
    New,

    /// <summary>It was known already (or, for a gauge, a newer report is): nothing changed.</summary>
    AlreadyKnown,

    /// <summary>An interaction that has been taken back: it stays out.</summary>
    Undone,

    /// <summary>It breaks a rule: see <see cref="FactOutcome.Refusal"/>.</summary>
    Refused,
}
