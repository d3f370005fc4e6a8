namespace Influence.Replay.Client;

/// <summary>A place on a board.</summary>
/// <param name="Rank">1 for the first.</param>
/// <param name="Id">The account.</param>
/// <param name="Score">1–100.</param>
/// <param name="Influence">V, above 0.</param>
/// <param name="Change">Points since the board before; null for an account that was not on it.</param>
internal sealed record BoardAnswerRow(int Rank, string Id, double Score, double Influence, double? Change);
