namespace Influence.Scoring.State;

/// <summary>Whether an account counts as a person (docs/scoring.md, "Never counted"). The numbers are stored and never change.</summary>
public enum Standing
{
    /// <summary>It does: it votes and is ranked.</summary>
    Member = 0,

    /// <summary>It is a bot: kept and shown apart, without a vote and unranked.</summary>
    Bot = 1,

    /// <summary>An operator excluded it: without a vote and unranked.</summary>
    Excluded = 2,
}
