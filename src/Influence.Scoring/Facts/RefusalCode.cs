namespace Influence.Scoring.Facts;

/// <summary>The stable reasons for refusing a fact; on the wire in snake case (<c>too_old</c>).</summary>
public enum RefusalCode
{
    /// <summary>No such type of interaction or metric.</summary>
    UnknownType,

    /// <summary>A required field is absent or empty.</summary>
    MissingField,

    /// <summary>An account breaks <see cref="AccountId.Rule"/>.</summary>
    InvalidAccount,

    /// <summary>Actor and target are the same account.</summary>
    SelfInteraction,

    /// <summary>Dated before the fact window (90 days), or on a day that the account's ledger no longer remembers.</summary>
    TooOld,

    /// <summary>Dated more than 5 minutes ahead.</summary>
    InFuture,

    /// <summary>NaN or infinity.</summary>
    NotFinite,

    /// <summary>A count below zero.</summary>
    Negative,

    /// <summary>A text or number over its limit, or text that is not plain.</summary>
    TooLong,

    /// <summary>The account was erased and takes no more facts.</summary>
    ErasedAccount,

    /// <summary>The fact is about another account than the state it was applied to: a routing mistake.</summary>
    WrongAccount,

    /// <summary>A field has a value of the wrong kind (text for a number, a moment that is none).</summary>
    InvalidField,
}
