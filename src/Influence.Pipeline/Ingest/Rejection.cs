using Influence.Scoring;

namespace Influence.Pipeline;

/// <summary>An item that was refused, and why.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Id">Its id, where it had one.</param>
/// <param name="Code">The stable reason in snake case, such as <c>too_old</c>.</param>
/// <param name="Message">A sentence that names the field and the rule.</param>
public sealed record Rejection(int Index, string? Id, string Code, string Message)
{
    internal static Rejection Of(int index, string? id, FactRefusal refusal) => new(index, id, CodeOf(refusal.Code), refusal.Message);

    private static string CodeOf(RefusalCode code) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
