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

    /// <summary>A text is no account id.</summary>
    public static FactRefusal InvalidAccount(string field) =>
        new(RefusalCode.InvalidAccount, field, $"is not an account. {AccountId.Rule.TrimEnd('.')}");

    /// <summary>A count is NaN or infinite.</summary>
    public static FactRefusal NotFinite(string field) => new(RefusalCode.NotFinite, field, "is not a finite number");

    /// <summary>An object has two fields of one name.</summary>
    public static FactRefusal Twice(string field) => Invalid(field, "stands there twice");

    /// <summary>An object has a field whose name cannot be read.</summary>
    public static FactRefusal BrokenName(string what) => Invalid(what, "has a field whose name is broken Unicode");
}
