using System.Text.Json;

namespace Influence.Scoring.Facts;

/// <summary>Why a fact was refused: an expected outcome, not an error.</summary>
/// <param name="Code">The stable code, for machines.</param>
/// <param name="Field">The field that broke the rule, as the API names it.</param>
/// <param name="Rule">The rule it broke, for people; follows the field's name in a sentence.</param>
public sealed record FactRefusal(RefusalCode Code, string Field, string Rule)
{
    /// <summary>A sentence that names the field and the rule.</summary>
    public string Message => $"'{Field}' {Rule}.";

    /// <summary>The code as the API writes it: <c>too_old</c>.</summary>
    public string CodeName => JsonNamingPolicy.SnakeCaseLower.ConvertName(Code.ToString());

    /// <summary>A field that must be there is not.</summary>
    public static FactRefusal Missing(string field) => new(RefusalCode.MissingField, field, "is required");

    /// <summary>A field has a value of the wrong kind.</summary>
    public static FactRefusal Invalid(string field, string rule) => new(RefusalCode.InvalidField, field, rule);

    /// <summary>A text is no account id; <paramref name="problem"/> is the rule it breaks, a sentence.</summary>
    public static FactRefusal InvalidAccount(string field, string problem) =>
        new(RefusalCode.InvalidAccount, field, $"is not an account. {problem.TrimEnd('.')}");

    /// <summary>An account is no person: it neither gives nor gains.</summary>
    public static FactRefusal NotAPerson(string field) =>
        new(RefusalCode.NotAPerson, field, "is no person (a bot, or one account that stands for many): leave the fact out");

    /// <summary>An account was erased at its owner's wish: nothing more is kept of it.</summary>
    public static FactRefusal Erased(string field) =>
        new(RefusalCode.ErasedAccount, field, "was erased and takes no more facts: leave the fact out, and do not send it again");

    /// <summary>A count is NaN or infinite.</summary>
    public static FactRefusal NotFinite(string field) => new(RefusalCode.NotFinite, field, "is not a finite number");

    /// <summary>An object has two fields of one name.</summary>
    public static FactRefusal Twice(string field) => Invalid(field, "stands there twice");

    /// <summary>An object has a field whose name cannot be read.</summary>
    public static FactRefusal BrokenName(string what) => Invalid(what, "has a field whose name is broken Unicode");
}

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

    /// <summary>A text or list over its limit.</summary>
    TooLong,

    /// <summary>A count over its limit.</summary>
    TooLarge,

    /// <summary>A moment in milliseconds, where seconds are meant.</summary>
    Milliseconds,

    /// <summary>Actor or target is no person (<see cref="NeverCounted"/>).</summary>
    NotAPerson,

    /// <summary>The account was erased and takes no more facts.</summary>
    ErasedAccount,

    /// <summary>The fact is about another account than the state it was applied to: a routing mistake.</summary>
    WrongAccount,

    /// <summary>A field has a value of the wrong kind (text for a number, a moment that is none).</summary>
    InvalidField,
}
