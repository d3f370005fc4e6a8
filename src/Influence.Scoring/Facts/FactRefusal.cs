namespace Influence.Scoring.Facts;

/// <summary>Why a fact was refused: an expected outcome, not an error.</summary>
/// <param name="Code">The stable code, for machines.</param>
/// <param name="Field">The field that broke the rule, as the API names it.</param>
/// <param name="Rule">The rule it broke, for people; follows the field's name in a sentence.</param>
public sealed record FactRefusal(RefusalCode Code, string Field, string Rule)
{
    /// <summary>A sentence that names the field and the rule.</summary>
    public string Message => $"'{Field}' {Rule}.";

    /// <summary>A field that must be there is not.</summary>
    public static FactRefusal Missing(string field) => new(RefusalCode.MissingField, field, "is required");
}
