using System.Text.Json;

namespace Influence.Pipeline.Ingest;

/// <summary>One item of a batch: a fact, or why it is none.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Fact">The fact; null when refused.</param>
/// <param name="Refusal">Why it is none; null for a fact, whose limits are checked at the door.</param>
public sealed record IncomingFact(int Index, string? Id, Fact? Fact, FactRefusal? Refusal)
{
    /// <summary>A fact.</summary>
    public static IncomingFact Of(int index, Fact fact) =>
        new(index, fact is Undo undo ? undo.Original.Id : (fact as Interaction)?.Id, fact, null);

    internal Rejection Reject(FactRefusal refusal) => new(Index, Id, CodeOf(refusal.Code), refusal.Message);

    private static string CodeOf(RefusalCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
